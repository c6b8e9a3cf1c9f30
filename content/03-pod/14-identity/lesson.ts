import type { Pod, SecurityContext } from '../../../src/kinds/schema/types.ts'
import { imagesOf, isReady, sameImage, steadyFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000

const pod = (view: ClusterView, name: string) => view.get('pods', name)

/** What holds for the only container: its own word before the pod's. */
const securityOf = (object: Pod | undefined): SecurityContext => ({
  ...object?.spec.securityContext,
  ...object?.spec.containers[0]?.securityContext,
})

/** A user other than root, by its number, so that no image can decide otherwise. */
const isUser = (object: Pod | undefined): boolean => (securityOf(object).runAsUser ?? 0) > 0
const isReadOnly = (object: Pod | undefined): boolean => securityOf(object).readOnlyRootFilesystem === true

/** Whether any of its volumes brings a token for the API server. */
const hasToken = (object: Pod | undefined): boolean =>
  (object?.spec.volumes ?? []).some(volume =>
    (volume.projected?.sources ?? []).some(source => source.serviceAccountToken),
  )

export default {
  transcript: 'identity.console',
  minutes: 15,
  level: 2,
  needs: ['3.3', '3.10', '3.13'],
  exercises: [
    {
      name: 'as-little',
      kind: 'repeat',
      checks: {
        user: (view: ClusterView) => isUser(pod(view, 'hello')),
        'read-only': (view: ClusterView) => isReadOnly(pod(view, 'hello')),
        powers: (view: ClusterView) => {
          const { capabilities, privileged, allowPrivilegeEscalation } = securityOf(pod(view, 'hello'))
          return (
            (capabilities?.drop ?? []).includes('ALL') &&
            !capabilities?.add?.length &&
            privileged !== true &&
            allowPrivilegeEscalation === false
          )
        },
        running: (view: ClusterView) =>
          isReady(pod(view, 'hello')) &&
          imagesOf(pod(view, 'hello')).some(each => sameImage(each, 'leigg/hellok8s:v1')),
      },
      solution: [
        "sed 's/teller/hello/; s/busybox:1.28/leigg\\/hellok8s:v1/; /command/d' pod-teller.yaml | kk apply -f -",
        10,
      ],
    },
    {
      name: 'own-account',
      kind: 'vary',
      checks: {
        account: (view: ClusterView) =>
          view.get('serviceaccounts', 'courier') !== undefined &&
          pod(view, 'courier')?.spec.serviceAccountName === 'courier',
        'no-token': (view: ClusterView) =>
          pod(view, 'courier') !== undefined && !hasToken(pod(view, 'courier')),
        running: (view: ClusterView) => isReady(pod(view, 'courier')),
      },
      solution: [
        'kk create serviceaccount courier',
        "sed 's/quiet/courier/; s/^spec:/spec:\\n  serviceAccountName: courier/' pod-no-token.yaml | kk apply -f -",
        10,
      ],
    },
    {
      name: 'cannot-write',
      kind: 'fix',
      start: ['kk apply -f pod-desk-broken.yaml', 120],
      checks: {
        'same-work': (view: ClusterView) =>
          pod(view, 'desk')?.spec.containers[0]?.command?.join(' ') ===
          'sh -c echo open > /tmp/day.txt && exec sleep 86400',
        'still-strict': (view: ClusterView) => isUser(pod(view, 'desk')) && isReadOnly(pod(view, 'desk')),
        steady: (view: ClusterView) => steadyFor(view, 'desk', 30 * second),
      },
      solution: [
        'kk logs desk',
        "sed -i 's|^spec:|spec:\\n  volumes: [{name: tmp, emptyDir: {}}]|; s|      command:|      volumeMounts: [{name: tmp, mountPath: /tmp}]\\n      command:|' pod-desk-broken.yaml",
        'kk replace --force -f pod-desk-broken.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
