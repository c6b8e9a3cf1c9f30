// What a failed command's output means: the tutor's answer, in the page's language.
import { errors } from '../../../../content/errors/index.ts'
import { tutorEn } from '../../../i18n/lab/tutor.en.ts'
import { tutorZh } from '../../../i18n/lab/tutor.zh.ts'
import { explanationParts } from '../../../lesson/loaders.ts'
import { Surroundings } from '../../../lesson/tutor/surroundings.ts'
import { explain } from '../../../lesson/tutor/tutor.ts'
import type { Question } from './question.ts'

const known = Object.values(errors).flat()

export const explainFailure: Question<'explain'> = (session, { id, terminal, failure }, language) => ({
  type: 'explained',
  id,
  terminal,
  explanation: explain(failure, new Surroundings(session.life.world, terminal), {
    language,
    words: language === 'zh' ? tutorZh : tutorEn,
    diagnostics: explanationParts.get(language),
    known,
  }),
})
