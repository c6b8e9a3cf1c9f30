// log, exec, attach and portforward of a pod: checked here, carried out by the kubelet of its node.
// pkg/registry/core/pod/strategy.go (LogLocation, streamLocation) and rest/subresources.go.
import { Pipe } from '../../engine/pipe.ts'
import type { FieldError } from '../../kinds/machinery/field-error.ts'
import type { NodeAddress, Pod } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { type ApiError, badRequest, failure, invalid, notFound, notFoundPath, plainError } from '../errors.ts'
import type { Connection, LogOptions, LogStream, NodeConnector, NodeFailure } from '../types.ts'
import { get } from '../verbs/read.ts'
import { proxy } from './proxy.ts'
import type { SubresourceHandler } from './subresource.ts'

const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1' || text === ''

function containerName({ spec, metadata }: Pod, wanted: string | undefined): string {
  const names = (list: readonly { readonly name: string }[] | undefined) => (list ?? []).map(c => c.name)
  const main = names(spec.containers)
  const init = names(spec.initContainers)
  const ephemeral = names(spec.ephemeralContainers)
  if (!wanted) {
    if (main.length === 1) return main[0]!
    let choice = `a container name must be specified for pod ${metadata.name}, choose one of: [${main.join(' ')}]`
    if (init.length) choice += ` or one of the init containers: [${init.join(' ')}]`
    if (ephemeral.length) choice += ` or one of the ephemeral containers: [${ephemeral.join(' ')}]`
    throw badRequest(choice)
  }
  if (![...main, ...init, ...ephemeral].includes(wanted))
    throw badRequest(`container ${wanted} is not valid for pod ${metadata.name}`)
  return wanted
}

/** `path`: where the kubelet would be asked, for what is a plain request to it. */
function connectorOf({ server }: Call, pod: Pod, path?: string): NodeConnector {
  const node = pod.spec.nodeName ?? ''
  const connector = server.nodes.get(node)
  const problem = connector ? connector.unreachable?.() : 'no route to host'
  if (connector && !problem) return connector
  // The pods' storage answers, in its own name.
  if (!server.lookup('nodes', undefined, node)) throw notFound({ group: '', plural: 'pods' }, node)
  const address = server
    .lookup('nodes', undefined, node)
    ?.status?.addresses?.find((a: NodeAddress) => a.type === 'InternalIP')?.address
  const dial = `dial tcp ${address}:10250: connect: ${problem}`
  throw plainError(
    path ? `Get "https://${address}:10250/${path}": ${dial}` : `error dialing backend: ${dial}`,
  )
}

const refused = ({ code, reason, message }: NodeFailure): ApiError => failure(code, reason, message)

function logOptions({ query }: Call): LogOptions {
  const errors: FieldError[] = []
  const number = (name: 'tailLines' | 'sinceSeconds' | 'limitBytes', minimum: number): number | undefined => {
    const text = query[name]
    if (text === undefined || text === '') return undefined
    const value = Number(text)
    if (!(value >= minimum))
      errors.push({
        type: 'Invalid',
        field: name,
        value,
        detail: minimum ? 'must be greater than 0' : 'must be greater than or equal to 0',
      })
    return value
  }
  const options = {
    tailLines: number('tailLines', 0),
    limitBytes: number('limitBytes', 1),
    sinceSeconds: number('sinceSeconds', 1),
  }
  if (query.sinceTime && options.sinceSeconds !== undefined)
    errors.push({
      type: 'Forbidden',
      field: '',
      detail: 'at most one of `sinceTime` or `sinceSeconds` may be specified',
    })
  if (errors.length) throw invalid({ group: '', kind: 'PodLogOptions' }, '', errors)
  const { tailLines, limitBytes, sinceSeconds } = options
  return {
    previous: isTrueOr(query.previous),
    timestamps: isTrueOr(query.timestamps),
    ...(tailLines !== undefined && { tailLines }),
    ...(limitBytes !== undefined && { limitBytes }),
    ...(sinceSeconds !== undefined && { sinceSeconds }),
    ...(query.sinceTime && { sinceTime: query.sinceTime }),
  }
}
const isTrueOr = (text: string | undefined): boolean => text !== undefined && isTrue(text)

/** Whom the request is about; throws where that is no pod. */
function podOf(call: Call): Pod {
  if (call.resource.table !== 'pods' || !call.name) throw notFoundPath()
  return get(call).object as Pod
}

const logPath = ({ metadata }: Pod, container: string): string =>
  `containerLogs/${metadata.namespace}/${metadata.name}/${container}`

/** GET pods/NAME/log without follow: the text of now. */
export const podLog: SubresourceHandler = {
  get(call) {
    const pod = podOf(call)
    const options = logOptions(call)
    const container = containerName(pod, call.query.container)
    if (!pod.spec.nodeName) return { code: 200, body: '' }
    const answer = connectorOf(call, pod, logPath(pod, container)).logs(pod, container, options)
    if ('failure' in answer) throw refused(answer.failure)
    return { code: 200, body: answer.text }
  },
}

function followLog(call: Call, pod: Pod): LogStream | { failure: NodeFailure } {
  const options = logOptions(call)
  const container = containerName(pod, call.query.container)
  if (!pod.spec.nodeName) {
    const output = new Pipe()
    output.close()
    return { type: 'log', output, close() {} }
  }
  return connectorOf(call, pod, `${logPath(pod, container)}?follow=true`).followLogs(pod, container, options)
}

/** The stream that a GET or POST of a streaming subresource opens. */
export function connect(call: Call): Connection {
  const { query, request, subresource } = call
  if (subresource === 'proxy') return proxy(call)
  const pod = podOf(call)
  const stream = open()
  if ('failure' in stream) throw refused(stream.failure)
  return stream

  function open(): Connection | { failure: NodeFailure } {
    if (subresource === 'log') return followLog(call, pod)
    if (subresource === 'portforward') return connectorOf(call, assigned(pod)).portForward(pod)
    const container = containerName(pod, query.container)
    const stdin = isTrueOr(query.stdin)
    const tty = isTrueOr(query.tty)
    if (subresource === 'exec') {
      const command = request.command ?? (query.command === undefined ? [] : [query.command])
      if (!command.length) throw badRequest('you must specify at least 1 command for the container')
      return connectorOf(call, assigned(pod)).exec(pod, container, { command, stdin, tty })
    }
    if (subresource === 'attach')
      return connectorOf(call, assigned(pod)).attach(pod, container, { stdin, tty })
    throw notFoundPath()
  }
}

function assigned(pod: Pod): Pod {
  if (!pod.spec.nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`)
  return pod
}
