/** What goes wrong, by `code`: the server's, or one of the client's own. */
export class LiveError extends Error {
  name = 'LiveError';

  constructor(code, message, options) {
    super(message, options);
    this.code = code;
  }
}

/** Something that came from the server makes no sense. */
export class BadFrame extends TypeError {}

const PASSING = new Set(['not-yet-known', 'missed-changes']);

/** Whether the watch goes on after it; every other error of the server ends its watch. */
export const passes = (code) => PASSING.has(code);

export const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadFrame(String(cause));
  }
};
