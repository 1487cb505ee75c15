// Compiled, never run: what a frontend may write, and what the types must refuse.
import { bookable, connect, LiveError } from '@lasttable/live';
import type { Day, ErrorCode, Options, Reservation, WaitlistEntry, Watch } from '@lasttable/live';
import { LiveProvider, useDay, useDays, useReservation } from '@lasttable/live/react';

const ending = new AbortController();
const fromElsewhere: string | undefined = process();
const options: Options = { url: 'https://example.com', token: async () => 'a.b.c', signal: ending.signal };
const live = connect(options);
connect({ url: fromElsewhere, shared: '/v1/live/client.js', token: undefined, signal: undefined });
live.onstate = (state) => { const known: 'connecting' | 'live' | 'delayed' | 'offline' | 'closed' = state; void known; };
live.onerror = ({ code, message }) => console.warn(code, message);
live.onerror = undefined;

const watch: Watch<Day> = live.watchDay('v', '2026-11-28', {
  onvalue: (day, { restarted }) => { const left: number | undefined = bookable(day)[0]?.left['2']; void [left, restarted]; },
  onstate: ({ state, since, reason }) => { if (state === 'stale') void [new Date(since), reason === 'delayed']; },
  onerror: undefined,
}, { known: undefined, signal: ending.signal });
live.watchDay('v', '2026-11-28', (day) => void day.version);
live.watchReservation<Reservation>('t', ({ status }) => void (status === 'no-show'));
live.watchReservation<WaitlistEntry>(() => 't', { onvalue: ({ offer }) => void offer?.expiresAt });
live.watchVenue('v', (each) => void (each.kind === 'waitlist' ? each.from : each.tables));
live.watchDays('v', ['2026-11-28', '2026-11-29'], ({ date }) => void date).ready.then((days) => days.get('2026-11-28')?.slots);
live.reconnect();
watch.stop();

async function loop() {
  await live.ready;
  using day = live.watchDay('v', '2026-11-28');
  void (await day.ready).slots;
  for await (const { version } of day) void version;
}

function explain(error: unknown): ErrorCode | undefined {
  if (!(error instanceof LiveError)) return undefined;
  switch (error.code) {
    case 'unknown-venue': return 'unknown-day';
    default: return error.code;
  }
}

function Component() {
  const { value, state, error } = useDay('v', undefined, { known: undefined });
  const { value: month } = useDays('v', ['2026-11-28']);
  void month?.size;
  const { value: mine } = useReservation<Reservation>('t');
  return LiveProvider({ live, children: `${value?.version} ${state} ${error?.code} ${mine?.status}` });
}

declare function process(): string | undefined;
void [loop, explain, Component];

// @ts-expect-error the value may be absent
watch.value.version;
// @ts-expect-error the state is the watch's to say
watch.state = 'live';
// @ts-expect-error no such state
if (watch.state === 'offline') live.close();
// @ts-expect-error a date is written, not an object
live.watchDay('v', new Date(), () => {});
// @ts-expect-error no such handler
live.watchDay('v', '2026-11-28', { onValue: () => {} });
