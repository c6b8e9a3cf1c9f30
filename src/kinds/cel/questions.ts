// The variable `authorizer` of admission expressions, and what its methods narrow it to.

/** What is asked: as for a SubjectAccessReview. */
export interface Question {
  readonly user?: string
  readonly path?: string
  readonly group?: string
  readonly resource?: string
  readonly subresource?: string
  readonly namespace?: string
  readonly name?: string
  readonly verb: string
}

export type Ask = (question: Question) => boolean

export class Authorizer {
  readonly ask: Ask
  readonly about: Partial<Question>
  constructor(ask: Ask, about: Partial<Question> = {}) {
    this.ask = ask
    this.about = about
  }
}

export class ResourceCheck extends Authorizer {}
