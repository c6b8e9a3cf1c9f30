// Worlds that a test lives through, and what Why? says of them.
import { whyEn } from '../../src/i18n/why.en.ts'
import { tell, textOf } from '../../src/lesson/why/tell.ts'
import { type Answer, subjectOf, troubles, why } from '../../src/lesson/why/why.ts'
import { World, type WorldOptions } from '../../src/lesson/world.ts'

/** A command, or seconds that pass. */
export type Step = string | number

export function lived(
  steps: readonly Step[],
  files: Readonly<Record<string, string>> = {},
  options: Partial<WorldOptions> = {},
): World {
  const world = new World({ seed: 1, files, ...options })
  live(world, steps)
  return world
}

export function live(world: World, steps: readonly Step[]): void {
  for (const step of steps)
    if (typeof step === 'number') world.advance(step * 1000)
    else world.run(step, { limitMs: 60_000 })
}

/** Names of pods end by chance. */
export const plain = (text: string): string => text.replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '-*')

/** The causes that an answer names. */
export const said = (answer: Answer): string[] =>
  tell(answer, whyEn, 'en').causes.map(each => plain(textOf(each.says)))

export const saidOf = (world: World, ask: string): string[] => said(why(world, subjectOf(world, ask)))

/** `normal: web is as it should be.` */
export function orderOf(world: World, ask: string): string {
  const { state, normal } = tell(why(world, subjectOf(world, ask)), whyEn, 'en')
  return `${state}: ${textOf(normal ?? [])}`
}

/** All that ails the cluster. */
export const told = (world: World): string[] => troubles(world).flatMap(said)

/** Of the latest refusal. */
export const refusalOf = (world: World): Answer =>
  why(world, { type: 'refusal', refusal: world.cluster.api.refusals.all.at(-1)! })

export const pod = (name: string, spec: unknown): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec })

/** A Deployment `web` whose pods have the label `app=web`. */
export const workload = (spec: Record<string, unknown>, replicas = 1): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec },
    },
  })

/** A shell with a script, for a container. */
export const sh = (script: string) => ({ image: 'busybox', command: ['sh', '-c', script] })
