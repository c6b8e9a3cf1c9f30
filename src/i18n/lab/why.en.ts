// Words around an answer to Why?; the sentences themselves stand in why.en.ts.
export const en = {
  whyObject: 'Why is `{name}` `{state}`?',
  whyName: 'Why is `{name}` as it is?',
  whyRequest: 'Why did the request of `{name}` come to nothing?',
  whyOwnRequest: 'Why did your request come to nothing?',
  whyRefused: 'Why was this refused?',
  whyRefusedOf: 'Why was `{name}` refused?',
  cure: 'Way out',
  goBack: 'Go back first',
  put: 'Put in terminal',
  proof: 'How we know, step by step',
  cause: 'Cause: ',
  alsoCause: 'And another cause',
  missing: '`{name}` does not exist',
  unknown: 'The cause is not known to me. What is odd:',
  nothing: 'Nothing calls for an answer now: nothing fails, and nothing waits for long.',
  now: 'What is wrong now',
  back: 'All that is wrong now',
  others: 'Also wrong',
  openFile: 'Open in the editor',
}

export type WhyWords = typeof en
