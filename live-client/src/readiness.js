/** A promise that is made when somebody asks for it, so that its rejection never goes unheard by those who did not. */
export class Readiness {
  constructor(outcome) {
    this.outcome = outcome;
  }

  get promise() {
    this.made ??= new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.tell();
    return this.made;
  }

  /** To be called when the outcome may have come: `{ value }`, `{ error }`, or undefined as long as it has not. */
  tell() {
    const outcome = this.made && this.outcome();
    if (outcome?.error) this.reject(outcome.error);
    else if (outcome) this.resolve(outcome.value);
  }
}
