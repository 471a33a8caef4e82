/** Thrown if the local stack cannot run. The message says what a person can do about it. */
export class LocalStackError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
