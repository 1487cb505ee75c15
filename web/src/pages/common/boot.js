// Starts the page that the document names. Its modules come from two servers, and one that is away for a moment is no reason for a page
// that says "Connecting" for ever: it says so, and starts anew once it answers. What the guest has asked for is in the address and in storage.
// It needs nothing that could be missing, so it has its few words itself.

const LIVE_CLIENT = '/v1/live/client.js';
const AGAIN = 5_000; // between two tries, so that a page that cannot start is no burden
const WORDS = {
  en: ['Not available', 'The platform does not answer. Trying again …'],
  de: ['Nicht erreichbar', 'Die Plattform antwortet nicht. Es wird weiter versucht …'],
  fr: ['Indisponible', 'La plateforme ne répond pas. Nouvel essai …'],
  es: ['No disponible', 'La plataforma no responde. Se intenta de nuevo …'],
  ar: ['غير متاح', 'المنصة لا تجيب. تُعاد المحاولة …'],
};

const pause = () => new Promise((resolve) => setTimeout(resolve, AGAIN));
const answers = () => fetch(LIVE_CLIENT, { cache: 'no-store' }).then(({ ok }) => ok, () => false);

function say() {
  const asked = [new URLSearchParams(location.search).get('lang'), ...(navigator.languages ?? [navigator.language])];
  const language = asked.map((tag) => tag?.toLowerCase().split('-')[0]).find((each) => each in WORDS) ?? 'en';
  Object.assign(document.documentElement, { lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' });
  const pill = document.getElementById('connection');
  pill.dataset.state = 'offline';
  [pill.textContent, document.getElementById('message').textContent] = WORDS[language];
}

try {
  await import(document.body.dataset.page);
} catch (failure) {
  console.error(failure);
  say();
  await pause();
  while (!(await answers())) await pause();
  location.reload();
}
