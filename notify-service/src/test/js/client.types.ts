// Compiled, never run: what a frontend may write, and what the types must refuse.
import { bookable, connect } from '../../main/resources/META-INF/resources/v1/live/client.js';
import type { Day, Reservation, WaitlistEntry, Watch } from '../../main/resources/META-INF/resources/v1/live/client.js';

const live = connect({ url: 'https://example.com', token: async () => 'a.b.c' });
live.onstate = (state) => { const known: 'connecting' | 'live' | 'offline' | 'closed' = state; void known; };
live.onerror = ({ code, message }) => console.warn(code, message);

const watch: Watch<Day> = live.watchDay('v', '2026-11-28', {
  onvalue: (day) => { const left: number | undefined = bookable(day)[0]?.left['2']; void left; },
  onstate: ({ state, since }) => { if (state === 'stale') new Date(since); },
}, { known: undefined });
live.watchDay('v', '2026-11-28', (day) => void day.version);
live.watchReservation<Reservation>('t', ({ status }) => void (status === 'no-show'));
live.watchReservation<WaitlistEntry>(() => 't', { onvalue: ({ offer }) => void offer?.expiresAt });
live.watchVenue('v', (each) => void (each.kind === 'waitlist' ? each.from : each.tables));
watch.stop();

// @ts-expect-error the value may be absent
watch.value.version;
// @ts-expect-error the state is the watch's to say
watch.state = 'live';
// @ts-expect-error no such state
if (watch.state === 'offline') live.close();
// @ts-expect-error a date is written, not an object
live.watchDay('v', new Date(), () => {});
