// Fields whose effect shows elsewhere than in the pod that has them: where something runs, who answers a request, what is
// left after a deletion. Each is played twice, without it and with it, in namespaces of their own; what is compared is what
// a script prints, so that it says what was looked at.
import { World, type WorldOptions } from '../../src/lesson/world.ts'

/** One of the two: what is there, and the script that is run a minute later. `NAMESPACE` in both: the namespace. */
export interface Side {
  readonly objects?: readonly object[]
  readonly script: string
}

/** A field by its name in the table. */
export interface Scene {
  readonly field: string
  readonly without: Side
  readonly having: Side
}

export interface Stage {
  readonly options: Omit<WorldOptions, 'seed'>
  /** Lines that are run before anything else is there. */
  readonly begin?: readonly string[]
}

/** `kn`: kubectl in the namespace of the scene. */
const ownKubectl = 'kn() { kubectl -n NAMESPACE "$@"; }; '
/** A line of a script that makes an object. */
export const apply = (object: object) => `echo '${JSON.stringify(object)}' | kn apply -f - >/dev/null 2>&1`

/**
 * The fields whose scripts print the same with and without them (`silent`), and those that print something else each time
 * and so would prove nothing (`restless`); each with what was printed. Throws where the objects are refused.
 */
export function playScenes(scenes: readonly Scene[], { options, begin = [] }: Stage) {
  const world = new World({ seed: 1, ...options })
  for (const line of begin) {
    const { exit, stderr } = world.run(line)
    if (exit !== 0) throw new Error(`${line}: ${stderr}`)
  }
  const namespaces = new Map<string, string>()
  const objects: unknown[] = []
  const namespaceOf = (side: Side, twin = '') => {
    const text = JSON.stringify(side) + twin
    const known = namespaces.get(text)
    if (known) return known
    const namespace = `ns-${namespaces.size}`
    namespaces.set(text, namespace)
    objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    for (const each of side.objects ?? []) {
      const { metadata, ...rest } = JSON.parse(JSON.stringify(each).replaceAll('NAMESPACE', namespace))
      objects.push({ ...rest, metadata: { namespace, ...metadata } })
    }
    return namespace
  }
  for (const { without, having } of scenes) {
    namespaceOf(without)
    namespaceOf(having)
  }
  for (const { having } of scenes) namespaceOf(having, ' ')
  world.write('all.yaml', objects.map(each => JSON.stringify(each)).join('\n---\n'))
  const { exit, stderr } = world.run('kubectl apply -f all.yaml', { limitMs: 900_000 })
  if (exit !== 0) throw new Error(stderr)
  world.advance(60_000)
  const printed = new Map<string, string>()
  const look = (side: Side, twin = '') => {
    const namespace = namespaceOf(side, twin)
    const known = printed.get(namespace)
    if (known !== undefined) return known
    const script = (ownKubectl + side.script).replaceAll('NAMESPACE', namespace)
    const output = world.run(script, { limitMs: 300_000 })
    const text = (output.stdout + output.stderr).replaceAll(namespace, 'NAMESPACE')
    printed.set(namespace, text)
    return text
  }
  const silent: string[] = []
  const restless: string[] = []
  for (const { field, without, having } of scenes) {
    const [one, other, twin] = [look(without), look(having), look(having, ' ')]
    if (one === other) silent.push(`${field}: ${one}`)
    if (other !== twin) restless.push(`${field}: ${other} then ${twin}`)
  }
  return { silent, restless }
}
