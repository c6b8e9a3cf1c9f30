// What can be wrong with an expression or with matching it. In a file of its own, so that whoever reports it need not
// bring the engines.

/** An expression that makes no sense, in the words of GNU's tools, without a tool's name. */
export class ExpressionError extends Error {}

/** Matching would take longer than anybody waits. */
export class TooManySteps extends Error {
  constructor() {
    super('too many steps')
  }
}
