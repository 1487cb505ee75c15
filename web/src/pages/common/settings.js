// What the pages are told of where they are: how staff sign in, and, on one's own machine, who hands out tokens.

let asked;

export function settings() {
  asked ??= fetch(new URL('../../settings.json', import.meta.url)).then((answer) => (answer.ok ? answer.json() : {}));
  asked.catch(() => { asked = undefined; }); // asked again next time
  return asked;
}
