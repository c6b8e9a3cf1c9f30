// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const ours = 'deployment-report.yaml'
const theirs = 'deployment-report-data.yaml'
const rooms = 'kk create namespace shop; kk create namespace data'
const to = (namespace: string) => `kk config set-context --current --namespace=${namespace}`

export default {
  'two-rooms': {
    right: {
      'by -n': [rooms, `kk apply -f ${ours} -n shop`, `kk apply -f ${theirs} -n data`, 15],
      'by switching': [rooms, to('shop'), `kk apply -f ${ours}`, to('data'), `kk apply -f ${theirs}`, 15],
      'in the manifests': [
        "printf 'apiVersion: v1\\nkind: Namespace\\nmetadata: {name: shop}\\n---\\napiVersion: v1\\nkind: Namespace\\nmetadata: {name: data}\\n' | kk apply -f -",
        `sed -i 's/^metadata:/metadata:\\n  namespace: shop/' ${ours}`,
        `sed -i 's/^metadata:/metadata:\\n  namespace: data/' ${theirs}`,
        `kk apply -f ${ours} -f ${theirs}`,
        15,
      ],
      'without a manifest': [
        rooms,
        'kk create deployment report --image=leigg/hellok8s:v1 -n shop',
        'kk create deployment report --image=leigg/hellok8s:v2 -n data',
        15,
      ],
    },
    wrong: {
      'both in one': [rooms, `kk apply -f ${ours} -f ${theirs} -n shop`, 20],
      'the rooms are changed over': [
        rooms,
        `kk apply -f ${ours} -n data`,
        `kk apply -f ${theirs} -n shop`,
        20,
      ],
      'one was left in default': [
        rooms,
        `kk apply -f ${ours} -n shop`,
        `kk apply -f ${theirs} -n data`,
        `kk apply -f ${ours}`,
        20,
      ],
      'told apart by name only': [
        rooms,
        `kk apply -f ${ours} -n shop`,
        `sed 's/report/report-data/' ${theirs} | kk apply -f - -n shop`,
        20,
      ],
    },
  },
  move: {
    right: {
      'first there, then gone here': [
        `kk apply -f ${ours} -n shop`,
        'kk rollout status deployment/report -n shop',
        5,
        'kk delete deployment report',
        10,
      ],
      'from what is there': [
        'kk get deployment report -o yaml | sed "s/namespace: default/namespace: shop/" | kk create -f -',
        20,
        `kk delete -f ${ours}`,
        10,
      ],
      'more of them there': [
        `kk apply -f ${ours} -n shop`,
        'kk scale deployment report --replicas=3 -n shop',
        20,
        'kk delete deployment report -n default',
        10,
      ],
    },
    wrong: {
      'gone before it was there': ['kk delete deployment report', `kk apply -f ${ours} -n shop`, 20],
      'copied, not moved': [`kk apply -f ${ours} -n shop`, 30],
      'its pods are left behind': [
        `kk apply -f ${ours} -n shop`,
        15,
        'kk delete deployment report --cascade=orphan',
        30,
      ],
      'only one there': [
        `kk apply -f ${ours} -n shop`,
        'kk scale deployment report --replicas=1 -n shop',
        20,
        'kk delete deployment report',
        20,
      ],
      'another namespace': [
        'kk create namespace shop2',
        `kk apply -f ${ours} -n shop2`,
        20,
        'kk delete deployment report',
        20,
      ],
    },
  },
  'wrong-room': {
    right: {
      'theirs again, then ours at home': [`kk apply -f ${theirs}`, to('default'), `kk apply -f ${ours}`, 20],
      'an undo in dev': [
        'kk rollout undo deployment/report',
        'kk scale deployment report --replicas=1',
        to('default'),
        `kk apply -f ${ours}`,
        20,
      ],
      'deleted and made anew': [
        'kk delete deployment report -n dev',
        to(''),
        `kk apply -f ${ours}`,
        `kk apply -f ${theirs} -n dev`,
        20,
      ],
      'a context of one’s own for work at home': [
        `kk apply -f ${theirs}`,
        'kk config set-context work --cluster=kubernetes --user=kubernetes-admin',
        'kk config use-context work',
        `kk apply -f ${ours}`,
        20,
      ],
    },
    wrong: {
      'a context at home that nobody uses': [
        `kk apply -f ${theirs} -n dev`,
        `kk apply -f ${ours} -n default`,
        'kk config set-context home --cluster=kubernetes --user=kubernetes-admin --namespace=default',
        30,
      ],
      'ours at home, theirs forgotten': [to('default'), `kk apply -f ${ours}`, 30],
      'all is right but the current namespace': [
        `kk apply -f ${theirs}`,
        `kk apply -f ${ours} -n default`,
        30,
      ],
      'the room is emptied': ['kk delete deployment report', to('default'), `kk apply -f ${ours}`, 30],
      'theirs now in default too': [to('default'), `kk apply -f ${ours}`, `kk apply -f ${theirs}`, 30],
    },
  },
}
