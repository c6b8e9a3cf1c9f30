// What of a transcript can be played on a cluster that is not this course's own, what it would create there, and for
// every command that is left out the reason. Nothing that exists already is changed: what a transcript writes to is a
// namespace of its own, or something that it has made itself.
import { findByWord, kindOf } from '../../src/kinds/index.ts'
import type { Lesson } from '../../src/lesson/lesson.ts'
import type { TranscriptCommand } from '../../src/lesson/transcript.ts'
import { isFault, readObjects } from '../../src/manifest/objects.ts'

/** What is known of the reader's cluster. */
export interface RealCluster {
  readonly nodes: readonly string[]
  readonly workers: number
  readonly namespaces: readonly string[]
  /** metrics.k8s.io is served. */
  readonly metrics: boolean
  /** Whether an object outside of namespaces is there: `clusterroles/reader`. */
  exists(name: string): boolean
}

export interface Plan {
  /** Why none of it can be played. */
  readonly refused?: string
  /** For each command: why it is left out; undefined where it is played. */
  readonly skipped: readonly (string | undefined)[]
  /** Namespaces beside its own that it makes. */
  readonly namespaces: readonly string[]
  /** Objects outside of namespaces that it makes: `clusterrole/reader`. */
  readonly clusterWide: readonly string[]
}

type Files = Readonly<Record<string, string>>

const writing =
  /^(?:annotate|autoscale|cordon|delete|drain|edit|label|patch|replace|scale|set|taint|uncordon)$/
const ofNodes =
  /\b(?:kubectl|kk|k)\s+(?:cordon|uncordon|drain|taint|(?:label|annotate|patch|edit|delete|debug)\s+nodes?)\b/
const onMachines: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[\s|;&(`])(?:ssh|scp)\s/, 'needs a shell on this course’s nodes (ssh)'],
  [/(?:^|[\s|;&(`])(?:docker|crictl|ctr|nerdctl)\b/, 'needs the container runtime of this course’s machines'],
  [/(?:^|[\s|;&(`])(?:systemctl|kubeadm|minikube|kind)\s/, 'sets up machines or clusters'],
  [/(?:^|[\s|;&(`])(?:doors|fault)\b/, 'is a command of the simulator'],
  [/\b192\.168\.255\.\d+|\b10\.0\.2\.\d+/, 'reaches this course’s nodes by their addresses'],
  [/\b20\.[12]\.\d+\.\d+/, 'names an address of this course’s cluster'],
  [
    /\b(?:kubectl|kk|k) (?:config (?:view|get-contexts)(?!.*(?:jsonpath|\|))|(?:config current-context|cluster-info)$|version\b)/m,
    'tells where a cluster is, who asks it and which versions there are: yours are others',
  ],
  [/\b(?:kubectl|kk|k) api-resources\b.*\| wc\b/, 'counts the kinds that a cluster serves'],
]

/** Objects of the files that a line names, by themselves, by a folder above them or by a pattern. */
function objectsNamed(line: string, files: Files) {
  const words = line.split(/[\s=,'"<>|;&()]+/).map(word => word.replace(/^\.\//, '').replace(/\/$/, ''))
  const named = Object.keys(files).filter(name =>
    words.some(word => word === name || word === '.' || (word !== '' && name.startsWith(`${word}/`))),
  )
  return named.flatMap(name =>
    /\.(?:ya?ml|json)$/.test(name)
      ? [...readObjects(files[name]!, name, { validate: 'ignore' })].flatMap(each =>
          isFault(each) ? [] : [each],
        )
      : [],
  )
}

/** `patience`: ms; what waits longer at a stretch is left out, with all that follows it in its transcript. */
export function planOf(
  lesson: Partial<Lesson>,
  commands: readonly TranscriptCommand[],
  files: Files,
  cluster: RealCluster,
  patience = Number.POSITIVE_INFINITY,
): Plan {
  const known = { ...files, ...lesson.files }
  const namespaces = new Set<string>()
  const clusterWide = new Set<string>()
  const start = (lesson.start ?? []).filter(each => typeof each === 'string')
  const lines = [...start, ...commands.map(each => each.text)]
  for (const line of lines) {
    for (const [, word, name] of line.matchAll(
      /\bcreate\s+(namespace|ns|clusterrole|clusterrolebinding|priorityclass)\s+([a-z][\w.:-]*)/g,
    ))
      if (word!.startsWith('n')) namespaces.add(name!)
      else clusterWide.add(`${word}/${name}`)
    if (!/\b(?:apply|create|replace)\b/.test(line)) continue
    for (const object of objectsNamed(line, known)) {
      const { kind, metadata } = object
      const resource = kindOf(object)?.resource
      if (kind === 'Namespace') namespaces.add(metadata.name)
      else if (resource && !resource.namespaced) clusterWide.add(`${resource.plural}/${metadata.name}`)
    }
  }
  const made = { namespaces, clusterWide }
  const refused = refusal(lesson, start, known, cluster, made) ?? tooSlow(lesson, patience)
  let rest: string | undefined
  const lost = new Set<string>()
  const inside = new Set<string>()
  const skipped = commands.map(command => {
    const act = command.before.find(each => each.type === 'act')
    if (act?.type === 'act') rest ??= `follows what is only in the simulator: ${act.act.type}`
    const wait = longestWait(command)
    if (wait > patience) rest ??= `follows ${afterWait(wait)}`
    const needs = [...lost].find(name => new RegExp(`\\$\\{?${name}\\b`).test(command.text))
    const reason =
      refused ??
      rest ??
      (needs && `needs $${needs}, which was left out`) ??
      reachesInside(command.text, inside) ??
      reasonFor(command.text, known, cluster, made) ??
      ofOtherNodes(command, lesson, cluster)
    if (reason && acts(command)) rest ??= `follows \`${command.text.split('\n')[0]}\`, which was left out`
    for (const [, name] of command.text.matchAll(/(?:^|[\s;])([A-Za-z_]\w*)=/g)) {
      if (reason) lost.add(name!)
      if (addressField.test(command.text)) inside.add(name!)
    }
    return reason
  })
  return {
    ...(refused !== undefined && { refused }),
    skipped,
    namespaces: [...namespaces],
    clusterWide: [...clusterWide],
  }
}

const minute = 60_000

/** Ms that a command waits for at a stretch, or goes on for. */
export const longestWait = ({ before, forMs = 0 }: TranscriptCommand): number =>
  Math.max(forMs, ...before.map(each => (each.type === 'wait' ? each.ms : 0)))

/** `1 h 30 min`, `40 min`, `20 s`. */
export function inWords(ms: number): string {
  const minutes = Math.round(ms / minute)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (!minutes) return `${Math.ceil(ms / 1000)} s`
  return [hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ')
}

const changes = [
  /\b(?:kubectl|kk|k) (?:-n \S+ )?(?:annotate|apply|autoscale|cordon|create|delete|drain|edit|expose|label|patch|replace|rollout (?!history|status)|run|scale|set|taint|uncordon)\b/,
  /\bdocker (?!buildx ls|context|diff|history|image ls|images|info|inspect|logs|network (?:ls|inspect)|port|ps|search|stats|system df|top|version|volume (?:ls|inspect))/,
  /\bssh\b.*(?:\b(?:cp|kill|killall|kubeadm|mkdir|mv|pkill|reboot|rm|tee|touch)\b|systemctl (?:start|stop|restart)|crictl (?:pull|rm|rmi|stop)|sed -i|>(?!&| *\/dev\/null))/s,
]

const changedNothing = /^(?:Error from server|[Ee]rror:)|\(no change\)$/m

/** Whether what comes later is otherwise without it. */
const acts = ({ text, output }: TranscriptCommand): boolean =>
  changes.some(each => each.test(text)) && !changedNothing.test(output)

/** What the number and the size of nodes decide. */
function ofOtherNodes(
  { text, output }: TranscriptCommand,
  { workers = 1 }: Partial<Lesson>,
  cluster: RealCluster,
): string | undefined {
  if (/\bInsufficient (?:cpu|memory)\b|^\d+\/\d+ nodes are available/m.test(output))
    return 'depends on how many nodes this course’s cluster has, and how large they are'
  if (cluster.nodes.length !== workers + 1 && /\b(?:get|top) (?:nodes?|no)\b(?! \w)/.test(text))
    return `lists ${workers + 1} nodes, yours has ${cluster.nodes.length}`
  return /\.spec\.nodeName\b/.test(text) && cluster.workers !== workers
    ? `tells who runs where on ${workers === 1 ? 'one worker' : `${workers} workers`}, yours has ${cluster.workers}`
    : undefined
}

function tooSlow({ start = [] }: Partial<Lesson>, patience: number): string | undefined {
  const wait = 1000 * Math.max(0, ...start.filter(each => typeof each === 'number'))
  return wait > patience ? `begins with ${afterWait(wait)}` : undefined
}
const afterWait = (ms: number) => `a wait of ${inWords(ms)}: --patience ${Math.ceil(ms / minute)} has it`

/** Addresses of pods and services are known within a cluster only. */
const addressField = /\.(?:clusterIP|podIP)\b/
function reachesInside(line: string, inside: ReadonlySet<string>): string | undefined {
  const asks = /(?:^|[|;&(]|\bdo)\s*(?:curl|wget|ping|nc)\s(.*)/s.exec(line)?.[1]
  if (asks === undefined) return undefined
  const isInside =
    addressField.test(asks) || [...inside].some(name => new RegExp(`\\$\\{?${name}\\b`).test(asks))
  return isInside ? 'asks an address that is known within the cluster only' : undefined
}

interface Made {
  readonly namespaces: ReadonlySet<string>
  readonly clusterWide: ReadonlySet<string>
}

/** What the lesson needs of its world, and the cluster has not. */
function refusal(
  { ingressController, loadBalancer, metrics, workers = 1, faults, start }: Partial<Lesson>,
  commands: readonly string[],
  files: Files,
  cluster: RealCluster,
  made: Made,
): string | undefined {
  if (ingressController) return 'needs ingress-nginx as this course installs it'
  if (loadBalancer) return 'needs a provider of load balancers as this course has it'
  if (metrics && !cluster.metrics) return 'needs a metrics server'
  if (faults?.length) return `begins with something broken (${faults[0]!.type})`
  if (start?.some(each => typeof each === 'object')) return 'begins with what only a simulator can do'
  if (cluster.workers < workers) return `needs ${workers} worker nodes, yours has ${cluster.workers}`
  const taken = [...made.namespaces].find(each => cluster.namespaces.includes(each))
  if (taken) return `would make the namespace ${taken}, which is there already`
  const there = [...made.clusterWide].find(each => cluster.exists(each))
  if (there) return `would make ${there}, which is there already`
  for (const line of commands) {
    const reason = reasonFor(line, files, cluster, made)
    if (reason) return `begins with \`${line.split('\n')[0]}\`, which ${reason}`
  }
  return undefined
}

function reasonFor(line: string, files: Files, cluster: RealCluster, made: Made): string | undefined {
  for (const [pattern, reason] of onMachines) if (pattern.test(line)) return reason
  if (ofNodes.test(line)) return 'would change nodes of your cluster'
  const texts = [
    line,
    ...Object.entries(files).flatMap(([name, text]) => (line.includes(name) ? [text] : [])),
  ]
  const foreign = texts
    .join('\n')
    .match(/\bk8s-(?:master|node\d+)\b/g)
    ?.find(each => !cluster.nodes.includes(each))
  if (foreign) return `names ${foreign}, a node of this course’s cluster`
  return line
    .split(/\|\|?|&&|;|\n|\$\(/)
    .map(each => /\b(?:kubectl|kk|k)\s+(.*)/.exec(each)?.[1])
    .map(each => (each === undefined ? undefined : reasonForKubectl(each, made)))
    .find(each => each !== undefined)
}

function reasonForKubectl(line: string, made: Made): string | undefined {
  const words = line.trim().split(/\s+/)
  const [, namespace] = /(?:^|\s)(?:-n|--namespace)[ =](\S+)/.exec(line) ?? []
  const plain = words.filter(
    (word, i) => !word.startsWith('-') && !/^(?:-n|-l|-o|-c|-f|-p)$/.test(words[i - 1] ?? ''),
  )
  const verb = plain[0] ?? ''
  const changes =
    writing.test(verb) ||
    /^(?:apply|create|expose|run)$/.test(verb) ||
    /^rollout (?:restart|undo|pause|resume)/.test(plain.join(' '))
  if (!changes) return undefined
  if (/(?:^|\s)(?:-A|--all-namespaces)\b/.test(line)) return 'would change what is in every namespace'
  if (namespace && namespace !== 'default' && !made.namespaces.has(namespace))
    return `would change the namespace ${namespace}, which is not its own`
  if (!writing.test(verb)) return undefined
  const [word = '', own] = (plain[1] ?? '').split('/')
  const names = own === undefined ? plain.slice(2) : [own]
  const resource = findByWord(word)?.resource
  if (!resource || resource.namespaced) return undefined
  if (resource.kind === 'Namespace' && names.length && names.every(name => made.namespaces.has(name)))
    return undefined
  const isMade = (name: string) =>
    [resource.plural, resource.singular].some(each => made.clusterWide.has(`${each}/${name}`))
  return names.length && names.every(isMade)
    ? undefined
    : `would change ${resource.plural} that are not its own`
}
