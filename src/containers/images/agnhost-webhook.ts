// `agnhost webhook`: answers the admission reviews of Kubernetes' own tests. test/images/agnhost/webhook. TLS is left
// out, and with it the certificate flags; conversion of custom resources too.
import { encodeBase64 } from '../../engine/bytes.ts'
import type { HttpHandler } from '../../engine/network.ts'
import { sleep } from '../../engine/task.ts'
import { answer } from './http.ts'

/** What is looked at of an object of any kind. */
interface Reviewed {
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> }
  readonly data?: Readonly<Record<string, unknown>>
  readonly spec?: { readonly containers?: readonly { readonly name?: string }[] }
}

/** What is read of an AdmissionReview. */
interface AdmissionReview {
  readonly request: { readonly uid: string; readonly object?: Reviewed; readonly oldObject?: Reviewed }
}

/** What a path says of an object: nothing allows it as it is. */
interface Verdict {
  readonly denied?: string
  readonly patch?: readonly object[]
}

const unwanted = 'webhook-disallow'
const labelled = ({ metadata }: Reviewed): boolean => metadata?.labels?.['webhook-e2e-test'] === unwanted

const deny = (...reasons: (string | false)[]): Verdict => {
  const denied = reasons.filter(Boolean).join('')
  return denied ? { denied } : {}
}

function addLabel({ metadata }: Reviewed): Verdict {
  const labels = metadata?.labels
  if (!labels || !Object.keys(labels).length)
    return { patch: [{ op: 'add', path: '/metadata/labels', value: { 'added-label': 'yes' } }] }
  const label = { path: '/metadata/labels/added-label', value: 'yes' }
  return { patch: [{ op: labels['added-label'] === undefined ? 'add' : 'replace', ...label }] }
}

/** The two stages of the tests' mutation of `data`. */
function mutateData({ data = {} }: Reviewed): Verdict {
  const add = (stage: string) => ({ op: 'add', path: `/data/${stage}`, value: 'yes' })
  const patch = [
    ...(data['mutation-start'] === 'yes' ? [add('mutation-stage-1')] : []),
    ...(data['mutation-stage-1'] === 'yes' ? [add('mutation-stage-2')] : []),
  ]
  return patch.length ? { patch } : {}
}

const hasUnwantedData = ({ data = {} }: Reviewed): boolean => Object.values(data).includes(unwanted)

const verdicts: Readonly<Record<string, (object: Reviewed) => Verdict>> = {
  '/always-allow-delay-5s': () => ({}),
  '/always-deny': () => deny('this webhook denies all requests'),
  '/add-label': addLabel,
  '/pods': object =>
    deny(
      (object.spec?.containers ?? []).some(c => String(c.name).includes(unwanted)) &&
        'the pod contains unwanted container name; ',
      labelled(object) && 'the pod contains unwanted label; ',
    ),
  '/mutating-pods': ({ metadata }) =>
    metadata?.name === 'webhook-to-be-mutated'
      ? {
          patch: [
            {
              op: 'add',
              path: '/spec/initContainers',
              value: [{ image: 'webhook-added-image', name: 'webhook-added-init-container', resources: {} }],
            },
          ],
        }
      : {},
  '/configmaps': object => deny(hasUnwantedData(object) && 'the configmap contains unwanted key and value'),
  '/mutating-configmaps': mutateData,
  '/custom-resource': object => deny(hasUnwantedData(object) && 'the custom resource contains unwanted data'),
  '/mutating-custom-resource': mutateData,
  '/crd': object => deny(labelled(object) && 'the crd contains unwanted label'),
}

export const reviewHandler: HttpHandler = function* ({ path, body }) {
  const route = path.split('?')[0]!
  const verdict = Object.hasOwn(verdicts, route) ? verdicts[route]! : undefined
  if (route === '/readyz') return answer(200, 'ok')
  if (!verdict) return answer(404, '404 page not found\n')
  if (route === '/always-allow-delay-5s') yield* sleep(5000)
  const { request }: AdmissionReview = JSON.parse(body)
  const { denied, patch } = verdict(request.object ?? request.oldObject ?? {})
  const response = {
    uid: request.uid,
    allowed: denied === undefined,
    ...(denied !== undefined && { status: { metadata: {}, message: denied } }),
    ...(patch && { patch: encodeBase64(JSON.stringify(patch)), patchType: 'JSONPatch' }),
  }
  const review = { kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', response }
  return answer(200, JSON.stringify(review), { 'content-type': 'application/json' })
}
