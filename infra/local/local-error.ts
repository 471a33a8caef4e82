/** The local stack cannot run, and what a person can do about it. */
export class LocalStackError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
