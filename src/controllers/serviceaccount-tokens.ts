// The tokens controller: fills secrets of the type kubernetes.io/service-account-token with a token that does not
// expire, and deletes them with their account. Rules: pkg/controller/serviceaccount/tokens_controller.go. Left out: the
// finalizing patch of accounts that name their secrets (only clusters before 1.24 made such).
import { isNotFound } from '../api/errors.ts'
import { objectKey } from '../api/informer.ts'
import { signToken } from '../api/token.ts'
import { encodeBase64 } from '../engine/bytes.ts'
import type { KubeObject } from '../kinds/object.ts'
import { type StartController, WorkQueue } from './controller.ts'
import { isNamespaceEnding } from './pod-control.ts'

const type = 'kubernetes.io/service-account-token'
const nameKey = 'kubernetes.io/service-account.name'
const uidKey = 'kubernetes.io/service-account.uid'
const accountOf = ({ metadata }: KubeObject): string =>
  `${metadata.namespace}/${metadata.annotations?.[nameKey] ?? ''}`

export const startServiceAccountTokens: StartController = context => {
  const { client, informers } = context
  const accounts = informers.of('serviceaccounts')
  const secrets = informers.of('secrets', { fieldSelector: `type=${type}` })
  const configMaps = informers.of('configmaps', { fieldSelector: 'metadata.name=kube-root-ca.crt' })
  const resource = client.resource('secrets')
  secrets.addIndex('account', secret => [accountOf(secret)])
  const queue = new WorkQueue(context, sync)
  const enqueue = (secret: KubeObject) => queue.add(objectKey(secret))
  secrets.handle({ add: enqueue, update: (_old, secret) => enqueue(secret) })
  const ofAccount = (account: KubeObject) => secrets.byIndex('account', objectKey(account)).forEach(enqueue)
  accounts.handle({ add: ofAccount, delete: ofAccount })

  function sync(key: string): undefined {
    const secret = secrets.get(key)
    if (!secret) return
    const { namespace = '', name, uid, annotations } = secret.metadata
    const account = accounts.get(accountOf(secret))
    const uidAsked = annotations?.[uidKey]
    try {
      if (!account || (uidAsked && uidAsked !== account.metadata.uid)) {
        resource.delete(namespace, name, { preconditions: { uid: uid! } })
        return
      }
      const ca = configMaps.find('kube-system', 'kube-root-ca.crt')?.data?.['ca.crt'] ?? ''
      const wanted: Record<string, string> = {
        'ca.crt': encodeBase64(ca),
        namespace: encodeBase64(namespace),
      }
      const data: Record<string, string> = secret.data ?? {}
      const hasAll = data.token && Object.entries(wanted).every(([k, v]) => data[k] === v)
      if (hasAll && uidAsked) return
      const token = data.token ?? encodeBase64(signToken(claims(account, name), context.engine))
      resource.update({
        ...secret,
        metadata: { ...secret.metadata, annotations: { ...annotations, [uidKey]: account.metadata.uid! } },
        data: { ...data, ...wanted, token },
      })
    } catch (error) {
      if (!isNotFound(error) && !isNamespaceEnding(error)) throw error
    }
  }
}

/** LegacyClaims of pkg/serviceaccount/legacy.go. */
function claims({ metadata: { namespace, name, uid } }: KubeObject, secret: string): object {
  const prefix = 'kubernetes.io/serviceaccount'
  return {
    iss: 'kubernetes/serviceaccount',
    [`${prefix}/namespace`]: namespace,
    [`${prefix}/secret.name`]: secret,
    [`${prefix}/service-account.name`]: name,
    [`${prefix}/service-account.uid`]: uid,
    sub: `system:serviceaccount:${namespace}:${name}`,
  }
}
