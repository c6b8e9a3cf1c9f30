// The one door to the evaluator: whoever imports this has it.
import { provideCel } from './cel.ts'
import { evaluator } from './evaluator.ts'

provideCel(evaluator)
