// One call of an admission webhook: where it is, what it is sent, what its answer means.
// k8s.io/apiserver/pkg/{util/webhook/client.go,admission/plugin/webhook/{request,errors}}. TLS is left out.
import type { KubeObject } from '../../kinds/object.ts'
import type {
  MutatingWebhook,
  Service,
  ValidatingWebhook,
  WebhookClientConfig,
} from '../../kinds/schema/types.ts'
import { JsonError, parseJson, unmarshalFault } from '../../yaml/json.ts'
import { quote } from '../errors.ts'
import { isObject } from '../json.ts'
import { toVersion } from '../registry.ts'
import type { WebhookResponse } from '../types.ts'
import type { Review } from './admission.ts'
import { requestOf } from './expressions.ts'

/** What it says is its own: what is read of it is looked at first. */
export interface AdmissionResponse {
  readonly allowed?: unknown
  readonly warnings?: unknown
  readonly status?: unknown
  readonly patch?: unknown
  readonly patchType?: unknown
}

export type Webhook = MutatingWebhook | ValidatingWebhook

/** What the webhook said, as an AdmissionResponse; or why there is no answer. */
export type Answer = { readonly response: AdmissionResponse } | { readonly error: string }

interface Target {
  readonly url: string
  readonly host: string
  readonly port: number
  readonly path: string
}

export function callWebhook(review: Review, webhook: Webhook): Answer {
  const { server } = review.call
  const { name } = webhook
  const failed = (why: string): Answer => ({
    error: `failed calling webhook ${quote(name)}: failed to call webhook: ${why}`,
  })
  const seconds = webhook.timeoutSeconds ?? 10
  const target = targetOf(review, webhook.clientConfig, seconds)
  if ('error' in target) return failed(target.error)
  const uid = server.engine.random.uuid()
  const body = JSON.stringify({
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: { uid, ...requestOf(review), ...objectsOf(review) },
  })
  const answer = server.webhooks?.post(target, body, seconds * 1000) ?? {
    error: 'refused' as const,
    address: target.host,
  }
  if ('error' in answer) return failed(`Post ${quote(target.url)}: ${networkText(answer, target)}`)
  if (answer.status === 404) return failed('the server could not find the requested resource')
  if (answer.status !== 200)
    return failed(
      `an error on the server (${quote(answer.body.trim())}) has prevented the request from succeeding`,
    )
  return understood(answer.body, uid, name)
}

function targetOf(
  { call }: Review,
  { url, service }: WebhookClientConfig,
  seconds: number,
): Target | { error: string } {
  if (url !== undefined) {
    const [, host = '', port, path = ''] = /^https:\/\/([^/:]+)(?::(\d+))?(.*)$/.exec(url) ?? []
    const query = `?timeout=${seconds}s`
    return { url: url + query, host, port: Number(port ?? 443), path: (path || '/') + query }
  }
  if (!service) throw new Error('the validation asks for a url or a service')
  const { name, namespace, path = '', port = 443 } = service
  const found = call.server.lookup('services', namespace, name)
  const at = `https://${name}.${namespace}.svc:${port}${path}?timeout=${seconds}s`
  if (!found) return { error: `Post ${quote(at)}: service ${quote(name)} not found` }
  const host = hostOf(found, port)
  if (typeof host !== 'string') return { error: `Post ${quote(at)}: ${host.error}` }
  return { url: at, host, port, path: `${path || '/'}?timeout=${seconds}s` }
}

/** Where a service's port is reached from outside the cluster's network: ResolveCluster of apiserver/pkg/util/proxy. */
function hostOf({ metadata, spec }: Service, port: number): string | { error: string } {
  const { type, clusterIP = '', externalName = '', ports } = spec
  if (type === 'ExternalName') return externalName
  if (clusterIP === 'None') return { error: 'cannot route to service with ClusterIP "None"' }
  return ports?.some(each => each.port === port)
    ? clusterIP
    : { error: `no service port ${port} found for service ${quote(metadata.name)}` }
}

function objectsOf({ call, operation, object, old }: Review): object {
  const shown = (value: KubeObject | undefined) => (value ? toVersion(call.resource, value) : null)
  return {
    object: operation === 'DELETE' ? null : shown(object),
    oldObject: shown(old),
    options: {
      kind: `${operation[0]}${operation.slice(1).toLowerCase()}Options`,
      apiVersion: 'meta.k8s.io/v1',
    },
  }
}

function networkText(
  { error, address }: Extract<WebhookResponse, { error: unknown }>,
  { host, port }: Target,
): string {
  switch (error) {
    case 'refused':
      return `dial tcp ${address}:${port}: connect: connection refused`
    case 'no-route':
      return `dial tcp ${address}:${port}: connect: no route to host`
    case 'unknown-host':
      return `dial tcp: lookup ${host}: no such host`
    case 'reset':
      return 'EOF'
    case 'plain':
      return 'http: server gave HTTP response to HTTPS client'
    default:
      return 'context deadline exceeded'
  }
}

/** request.VerifyAdmissionResponse */
function understood(text: string, uid: string, name: string): Answer {
  const invalid = (why: string): Answer => ({
    error: `failed calling webhook ${quote(name)}: received invalid webhook response: ${why}`,
  })
  let review: unknown
  try {
    review = parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return {
      error: `failed calling webhook ${quote(name)}: failed to call webhook: couldn't get version/kind; json parse error: ${unmarshalFault(error)}`,
    }
  }
  const { apiVersion = '', kind = '', response } = isObject(review) ? review : {}
  if (apiVersion !== 'admission.k8s.io/v1' || kind !== 'AdmissionReview')
    return invalid(
      `expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got ${apiVersion}, Kind=${kind}`,
    )
  if (!isObject(response))
    return { error: `failed calling webhook ${quote(name)}: webhook response was absent` }
  if (response.uid !== uid)
    return invalid(`expected response.uid=${quote(uid)}, got ${quote(String(response.uid ?? ''))}`)
  return { response }
}
