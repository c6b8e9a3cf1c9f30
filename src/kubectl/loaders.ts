// What not every command of kubectl needs: the big texts, ways to print, kustomize, the rarer sides of commands.
import { PartTable } from '../engine/parts.ts'
import type { Command } from './command.ts'
import type { FieldDescriptions, HelpTexts } from './texts.ts'

export const helpParts = new PartTable<HelpTexts>('help of kubectl', {
  '--help': () => import('./help-texts.ts').then(each => each.helpTexts),
})

export const descriptionParts = new PartTable<FieldDescriptions>('descriptions of fields', {
  explain: () => import('./field-descriptions.ts').then(each => each.fieldDescriptions),
})

/** Prints an object by a template; `json`: what it finds as JSON; `write`: where to say what is wrong at length. */
export type Template = (
  text: string,
  allowMissing: boolean,
  json: boolean,
  write?: (text: string) => void,
) => (object: unknown) => string

export const templateParts = new PartTable<Template>('template', {
  jsonpath: () =>
    import('./print/jsonpath.ts').then(
      each => (text, allowMissing, json) => each.jsonpathPrinter(text, json, allowMissing),
    ),
  'go-template': () =>
    import('./print/go-template.ts').then(
      each =>
        (text, allowMissing, _, write = () => {}) =>
          each.goTemplatePrinter(text, allowMissing, write),
    ),
})

export const columnParts = new PartTable<typeof import('./print/custom-columns.ts')>('columns', {
  'custom-columns': () => import('./print/custom-columns.ts'),
})

export const sortParts = new PartTable<typeof import('./print/sort.ts')>('sorting', {
  '--sort-by': () => import('./print/sort.ts'),
})

export const rawParts = new PartTable<typeof import('./raw.ts')>('raw requests', {
  '--raw': () => import('./raw.ts'),
})

export const requestLogParts = new PartTable<typeof import('./request-log.ts')>('log of requests', {
  '-v': () => import('./request-log.ts'),
})

export const kustomizeParts = new PartTable<typeof import('./kustomize/build.ts')>('kustomize', {
  '-k': () => import('./kustomize/build.ts'),
})

export const pruneParts = new PartTable<typeof import('./commands/apply-prune.ts')>('pruning', {
  '--prune': () => import('./commands/apply-prune.ts'),
})

export const serverSideParts = new PartTable<typeof import('./commands/apply-migrate.ts')>(
  'server-side apply',
  {
    '--server-side': () => import('./commands/apply-migrate.ts'),
  },
)

const lastApplied = () => import('./commands/apply-last-applied.ts')

/** Subcommands of `kubectl apply`. */
export const applyParts = new PartTable<Command>('command of kubectl apply', {
  'view-last-applied': () => lastApplied().then(each => each.viewLastApplied),
  'set-last-applied': () => lastApplied().then(each => each.setLastApplied),
  'edit-last-applied': () => lastApplied().then(each => each.editLastApplied),
})
