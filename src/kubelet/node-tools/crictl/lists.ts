// crictl ps, pods and images.
import { humanSize } from '../../../engine/go-units.ts'
import { sandboxId } from '../../create.ts'
import { containerMessage, imageMessage, podMessage } from './messages.ts'
import { columns, pairs, writtenAsMessage } from './output.ts'
import {
  ago,
  type Call,
  type Command,
  chosenContainers,
  chosenImages,
  chosenPods,
  Fatal,
  type FoundContainer,
  type FoundPod,
  imageId,
  ShowHelp,
  short,
} from './runtime.ts'

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1)

function checkFormat({ options }: Call): void {
  const format = options.text('output')
  if (format && !/^(json|yaml|table)$/.test(format))
    throw new Fatal(`unsupported output format ${JSON.stringify(format)}`)
}

export const ps: Command = function* (call) {
  const { process, kubelet, options } = call
  const { stdout } = process
  if (options.args.length) throw new ShowHelp()
  const all = chosenContainers(call)
  try {
    checkFormat(call)
  } catch (error) {
    if (error instanceof Fatal) throw new Fatal(`listing containers: ${error.message}`)
    throw error
  }
  if (writtenAsMessage(stdout, options, { containers: all.map(containerMessage) })) return 0
  if (options.is('quiet')) for (const { container } of all) stdout.write(`${container.state.id}\n`)
  else if (options.is('verbose')) for (const each of all) stdout.write(verboseContainer(call, each))
  else {
    const cut = options.is('no-trunc') ? (id: string) => id : short
    const heads = ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE']
    const rows = all.map(({ container: { state, options: own }, worker: { pod } }) => [
      cut(state.id),
      options.is('resolve-image-path') ? own.found.name : cut(imageId(own.found)),
      ago(kubelet, state.createdAt),
      capital(state.state),
      state.name,
      String(state.restartCount),
      cut(sandboxId(pod)),
      pod.metadata.name!,
      pod.metadata.namespace ?? '',
    ])
    stdout.write(columns([heads, ...rows]))
  }
  return 0
}

function verboseContainer({ kubelet }: Call, found: FoundContainer): string {
  const { id, podSandboxId, image, labels, annotations } = containerMessage(found)
  const { state } = found.container
  const namespace = found.worker.pod.metadata.namespace
  return `ID: ${id}\nPodID: ${podSandboxId}\nNamespace: ${namespace}\nName: ${state.name}\nAttempt: ${state.restartCount}\nState: ${capital(state.state)}\nImage: ${image.image}\nCreated: ${ago(kubelet, state.createdAt)}\nLabels:\n${pairs(labels)}Annotations:\n${pairs(annotations)}\n`
}

export const pods: Command = function* (call) {
  const { process, kubelet, options } = call
  const { stdout } = process
  const all = chosenPods(call)
  checkFormat(call)
  if (writtenAsMessage(stdout, options, { items: all.map(podMessage) })) return 0
  if (options.is('quiet')) for (const { id } of all) stdout.write(`${id}\n`)
  else if (options.is('verbose')) for (const each of all) stdout.write(verbosePod(call, each))
  else {
    const cut = options.is('no-trunc') ? (id: string) => id : short
    const rows = all.map(({ id, worker: { pod }, createdAt, ready }) => [
      cut(id),
      ago(kubelet, createdAt),
      ready ? 'Ready' : 'NotReady',
      pod.metadata.name!,
      pod.metadata.namespace ?? '',
      '0',
      '(default)',
    ])
    stdout.write(
      columns([['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'], ...rows]),
    )
  }
  return 0
}

function verbosePod({ kubelet }: Call, found: FoundPod): string {
  const { id, metadata, labels, annotations } = podMessage(found)
  const state = found.ready ? 'Ready' : 'NotReady'
  return `ID: ${id}\nName: ${metadata.name}\nUID: ${metadata.uid}\nNamespace: ${metadata.namespace}\nStatus: ${state}\nCreated: ${ago(kubelet, found.createdAt)}\nLabels:\n${pairs(labels)}Annotations:\n${pairs(annotations)}Runtime: (default)\n\n`
}

export const images: Command = function* (call) {
  const { process, kubelet, options } = call
  const { stdout } = process
  const [wanted = '', ...more] = options.args
  if (more.length) throw new ShowHelp()
  const all = chosenImages(kubelet, wanted, options.list('filter'))
  if (writtenAsMessage(stdout, options, { images: all.map(each => imageMessage(each)) })) return 0
  if (options.is('quiet')) for (const found of all) stdout.write(`${imageId(found)}\n`)
  else if (options.is('verbose'))
    for (const found of all)
      stdout.write(
        `ID: ${imageId(found)}\nRepoTags: ${found.name}\nRepoDigests: ${found.digest}\nSize: ${found.size}\n\n`,
      )
  else {
    const cut = options.is('no-trunc') ? (id: string) => id : short
    const digests = options.is('digests')
    const pinned = options.is('pinned')
    const rows = all.map(found => {
      const [, path = '', tag = ''] = /^(.*):([^/]*)$/.exec(found.name) ?? []
      return [
        path,
        tag,
        ...(digests ? [cut(found.digest.split('@')[1]!)] : []),
        cut(imageId(found)),
        humanSize(found.size, 3),
        ...(pinned ? ['false'] : []),
      ]
    })
    const heads = ['IMAGE', 'TAG', ...(digests ? ['DIGEST'] : []), 'IMAGE ID', 'SIZE']
    stdout.write(columns([[...heads, ...(pinned ? ['PINNED'] : [])], ...rows]))
  }
  return 0
}
