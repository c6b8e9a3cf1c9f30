// The fields of what makes and reaches pods, seen from outside: two namespaces that are alike but for the field, and what is
// there after a while (pods, claims, revisions, endpoints, statuses, events, answers of the network), never the manifest.
import type { AnyObject } from '../../src/kinds/object.ts'
import { World } from '../../src/lesson/world.ts'

export interface WorkloadSample {
  readonly field: string
  /** Objects that both namespaces have. */
  readonly shared: readonly object[]
  readonly without: object
  readonly having: object
  /** Run in both once the objects are there; what it prints counts. `NS`: the namespace. */
  readonly script: string
}

/** What differs from namespace to namespace in any case. */
const mask = (text: string) =>
  text
    .replace(/\bns-\d+\b/g, 'NS')
    .replace(/kube-api-access-\w+/g, 'TOKEN')
    // A pull that failed is now tried again, now waited for.
    .replace(/"waiting":\{.*?\}/g, '"waiting"')
    .replace(/\b(20\.[12]|10\.0)\.\d+\.\d+\b/g, 'IP')
    .replace(/[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/-[bcdfghjklmnpqrstvwxz2456789]{8,10}(-[bcdfghjklmnpqrstvwxz2456789]{5})?\b/g, '-HASH')
    .replace(/\ba(-\d)?-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, 'a$1-ID')
    .replace(/\bk8s-(node\d|master)\b/g, 'NODE')
    .replace(/\b3[0-2]\d{3}\b/g, 'NODEPORT')
    .replace(/\b\d+(\.\d+)?m?s\b|\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')

/** The fields without which all is the same, and those that differ without a difference, which would prove nothing. */
export function playWorkloads(samples: readonly WorkloadSample[]): { silent: string[]; restless: string[] } {
  const world = new World({ seed: 1, workers: 3 })
  const names = new Map<string, string>()
  const script = new Map<string, string>()
  const objects: object[] = []
  const nameOf = (sample: WorkloadSample, object: object, twin = false) => {
    const text = JSON.stringify([sample.shared, object, sample.script, twin])
    const known = names.get(text)
    if (known) return known
    const namespace = `ns-${names.size}`
    names.set(text, namespace)
    script.set(namespace, sample.script)
    objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    for (const each of [...sample.shared, object])
      objects.push({
        ...each,
        metadata: { ...('metadata' in each ? (each.metadata as object) : {}), namespace },
      })
    return namespace
  }
  for (const each of samples) for (const object of [each.without, each.having]) nameOf(each, object)
  for (const each of samples) nameOf(each, each.having, true)
  world.write('all.yaml', objects.map(each => JSON.stringify(each)).join('\n---\n'))
  const { stderr } = world.run('kubectl apply -f all.yaml', { limitMs: 600_000 })
  if (stderr) throw new Error(stderr)
  world.advance(60_000)
  const kinds = 'pods,pvc,rs,deploy,sts,ds,job,svc,endpoints,endpointslices,events'
  const listed = (where: string): AnyObject[] =>
    JSON.parse(world.run(`kubectl get ${kinds} ${where} -o json`).stdout).items
  // All at one moment, but for those in which something is done first.
  const all = Map.groupBy(listed('-A'), each => each.metadata.namespace!)
  const look = (namespace: string) => {
    const line = (script.get(namespace) ?? '').replaceAll('NS', namespace)
    const said = line ? world.run(line, { limitMs: 120_000 }) : { stdout: '', stderr: '' }
    const items = line ? listed(`-n ${namespace}`) : (all.get(namespace) ?? [])
    const seen = items.map(each => {
      // How often something was said depends on the moment, and whether an image is there on who was first.
      if (each.kind === 'Event')
        return each.involvedObject.kind === 'Pod' || each.reason === 'SuccessfulDelete'
          ? ''
          : [each.involvedObject.kind, each.reason]
      const status = { ...each.status, observedGeneration: undefined }
      const { subsets, endpoints, ports } = each
      const ofPod = each.kind === 'Pod' ? [each.metadata.labels, each.spec.containers[0].image] : []
      return [each.kind, each.metadata.name, status, subsets, endpoints, ports, ...ofPod]
    })
    const lines = new Set(seen.map(each => mask(JSON.stringify(each))))
    return [mask(said.stdout + said.stderr), ...[...lines].sort()].join('\n')
  }
  const looks = new Map([...names.values()].map(namespace => [namespace, look(namespace)]))
  const silent = samples.filter(
    each => looks.get(nameOf(each, each.without)) === looks.get(nameOf(each, each.having)),
  )
  const restless = samples.filter(
    each => looks.get(nameOf(each, each.having)) !== looks.get(nameOf(each, each.having, true)),
  )
  const fieldsOf = (list: readonly WorkloadSample[]) => list.map(({ field }) => field)
  return { silent: fieldsOf(silent), restless: fieldsOf(restless) }
}
