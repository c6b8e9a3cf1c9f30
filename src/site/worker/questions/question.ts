// What the page may ask of the world beside what observers tell it: a look that changes nothing. The answer's code is
// loaded with the first question of its kind.
import type { Language } from '../../../i18n/strings.ts'
import type { FromWorker, ToWorker } from '../protocol.ts'
import type { Session } from '../session.ts'

/** Answers one kind of message. A part of the program that is missing for it is loaded, and it is asked again. */
export type Question<T extends ToWorker['type']> = (
  session: Session,
  message: Extract<ToWorker, { type: T }>,
  language: Language,
) => FromWorker
