import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { may, type Subject } from '../access.ts'

const analyst: Subject = { kind: 'User', name: 'analyst' }
const intern: Subject = { kind: 'User', name: 'intern' }
const report: Subject = { kind: 'ServiceAccount', name: 'report', namespace: 'data' }
const reading = ['get', 'list', 'watch']
const writing = ['create', 'update', 'patch', 'delete']

const all = (
  view: ClusterView,
  who: Subject,
  namespace: string,
  verbs: readonly string[],
  resource: string,
) => verbs.every(verb => may(view, who, verb, resource, namespace))
const none = (
  view: ClusterView,
  who: Subject,
  namespace: string,
  verbs: readonly string[],
  resource: string,
) => !verbs.some(verb => may(view, who, verb, resource, namespace))

export default {
  transcript: 'rbac.console',
  minutes: 20,
  level: 2,
  needs: ['3.14', '9.1'],
  start: [
    'kk create namespace shop',
    'kk create namespace data',
    'kk create deployment home --image=leigg/hellok8s:v1 -n shop',
    10,
  ],
  exercises: [
    {
      name: 'look-only',
      kind: 'repeat',
      checks: {
        look: (view: ClusterView) =>
          all(view, intern, 'shop', reading, 'pods') && all(view, intern, 'shop', ['get'], 'pods/log'),
        only: (view: ClusterView) =>
          all(view, intern, 'shop', reading, 'pods') &&
          none(view, intern, 'shop', writing, 'pods') &&
          none(view, intern, 'shop', ['create'], 'pods/exec') &&
          none(view, intern, 'shop', writing, 'deployments') &&
          none(view, intern, 'shop', reading, 'secrets'),
        here: (view: ClusterView) =>
          all(view, intern, 'shop', reading, 'pods') && none(view, intern, 'data', reading, 'pods'),
      },
      solution: [
        'kk create role intern --verb=get,list,watch --resource=pods,pods/log -n shop',
        'kk create rolebinding intern --role=intern --user=intern -n shop',
      ],
    },
    {
      name: 'scale-only',
      kind: 'vary',
      checks: {
        scale: (view: ClusterView) =>
          // What `kubectl scale` asks for.
          may(view, analyst, 'get', 'deployments', 'shop', 'home') &&
          may(view, analyst, 'patch', 'deployments/scale', 'shop', 'home'),
        'nothing-else': (view: ClusterView) =>
          may(view, analyst, 'get', 'deployments', 'shop', 'home') &&
          none(view, analyst, 'shop', writing, 'deployments') &&
          none(view, analyst, 'shop', writing, 'pods'),
      },
      solution: [
        'kk create role scaler --verb=get,list --resource=deployments -n shop --dry-run=client -o yaml > scaler.yaml',
        "printf -- '- apiGroups: [apps]\\n  resources: [deployments/scale]\\n  verbs: [get, update, patch]\\n' >> scaler.yaml",
        'kk apply -f scaler.yaml',
        'kk create rolebinding scaler --role=scaler --user=analyst -n shop',
      ],
    },
    {
      name: 'wrong-room',
      kind: 'fix',
      start: ['kk create serviceaccount report -n data', 'kk apply -f role-broken.yaml'],
      checks: {
        pods: (view: ClusterView) => all(view, report, 'shop', reading, 'pods'),
        deployments: (view: ClusterView) => all(view, report, 'shop', reading, 'deployments'),
        'no-more': (view: ClusterView) =>
          all(view, report, 'shop', reading, 'pods') &&
          none(view, report, 'shop', writing, 'pods') &&
          none(view, report, 'shop', writing, 'deployments') &&
          none(view, report, 'shop', reading, 'secrets') &&
          none(view, report, 'default', reading, 'pods'),
      },
      solution: [
        "sed -i 's/resources: .pods, deployments./resources: [pods]/; s/^---/  - apiGroups: [apps]\\n    resources: [deployments]\\n    verbs: [get, list, watch]\\n---/; s/^  namespace: data/  namespace: shop/' role-broken.yaml",
        'kk apply -f role-broken.yaml',
      ],
    },
  ],
} satisfies Lesson
