import type { PodSpec } from '../../../src/kinds/schema/types.ts'
import { isReady, isRolledOut } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const pod = (view: ClusterView, name: string) => view.get('pods', name)
/** What the pod's programs see as their host name, as far as the spec says it. */
const hostname = (spec: PodSpec | undefined): string | undefined => {
  if (spec === undefined || spec.hostNetwork) return
  const { hostname, hostnameOverride, setHostnameAsFQDN, subdomain } = spec
  return hostnameOverride ?? (setHostnameAsFQDN && subdomain ? undefined : hostname)
}
const greeting = (view: ClusterView) => view.get('deployments', 'greeting')

export default {
  transcript: 'ask.console',
  minutes: 12,
  level: 1,
  needs: ['0.1'],
  exercises: [
    {
      name: 'five-seconds',
      kind: 'repeat',
      checks: {
        grace: (view: ClusterView) => pod(view, 'quick')?.spec.terminationGracePeriodSeconds === 5,
        ready: (view: ClusterView) => isReady(pod(view, 'quick')),
      },
      solution: [
        'kk explain pod.spec --recursive | grep -i grace',
        `kk run quick --image=nginx --overrides='{"spec":{"terminationGracePeriodSeconds":5}}'`,
        20,
      ],
    },
    {
      name: 'own-name',
      kind: 'vary',
      checks: {
        hostname: (view: ClusterView) => hostname(pod(view, 'counter')?.spec) === 'bookshop',
        ready: (view: ClusterView) => isReady(pod(view, 'counter')),
      },
      solution: [
        'kk explain pod.spec.hostname',
        `kk run counter --image=nginx --overrides='{"spec":{"hostname":"bookshop"}}'`,
        20,
      ],
    },
    {
      name: 'three-typos',
      kind: 'fix',
      checks: {
        replicas: (view: ClusterView) => greeting(view)?.spec.replicas === 3 && isRolledOut(greeting(view)),
        grace: (view: ClusterView) => greeting(view)?.spec.template.spec.terminationGracePeriodSeconds === 5,
        port: (view: ClusterView) =>
          greeting(view)?.spec.template.spec.containers[0]?.ports?.some(
            each => each.containerPort === 3000,
          ) === true,
      },
      solution: [
        "sed -i 's/replica:/replicas:/; s/GracePeriod:/GracePeriodSeconds:/; s/port:/ports:/' deployment-typos.yaml",
        'kk apply -f deployment-typos.yaml',
        30,
      ],
    },
  ],
} satisfies Lesson
