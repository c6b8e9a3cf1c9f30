// Imported for its effect: from then on nothing is missing. For tests, scripts and the build.
import { loadAll } from './load.ts'

await loadAll()
