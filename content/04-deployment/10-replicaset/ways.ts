// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const create = 'kk apply -f replicaset.yaml'
const first = '$(kk get pods -l app=hellok8s -o name | head -n 1)'

export default {
  'keep-the-pods': {
    right: {
      orphan: [create, 5, 'kk delete replicaset hellok8s-rs --cascade=orphan', 5],
      'by file': [create, 5, 'kk delete -f replicaset.yaml --cascade=orphan', 5],
      'after a deletion that took them along': [
        create,
        5,
        'kk delete rs hellok8s-rs',
        10,
        create,
        5,
        'kk delete rs hellok8s-rs --cascade=orphan',
        5,
      ],
      'freed by label first': [
        create,
        5,
        `kk label ${first} app-`,
        5,
        'kk delete rs hellok8s-rs --cascade=orphan',
        5,
      ],
    },
    wrong: {
      'an ordinary deletion': [create, 5, 'kk delete replicaset hellok8s-rs', 10],
      'two pods made by hand instead': [
        create,
        5,
        'kk delete rs hellok8s-rs',
        10,
        'kk run one --image=leigg/hellok8s:v1 --labels=app=hellok8s',
        'kk run two --image=leigg/hellok8s:v1 --labels=app=hellok8s',
        10,
      ],
      'orphaned before they were ready, and deleted': [
        create,
        'kk delete rs hellok8s-rs --cascade=orphan',
        'kk delete pods -l app=hellok8s',
        10,
      ],
      'it is still there': [create, 30],
    },
  },
  'take-aside': {
    right: {
      'the label off': [`kk label ${first} app-`, 5],
      'another value': [`kk label ${first} app=suspect --overwrite`, 5],
      'the hash off': [`kk label ${first} pod-template-hash-`, 5],
    },
    wrong: {
      'deleted: there is nothing left to look into': [`kk delete ${first}`, 10],
      'all of them': ['kk label pods -l app=hellok8s app-', 10],
      'a pod beside it': ['kk run suspect --image=leigg/hellok8s:v1', 10],
      'a label that nobody selects by': [`kk label ${first} suspect=yes`, 10],
    },
  },
  unwelcome: {
    right: {
      'another label': [
        "sed -i 's/app: hellok8s/app: tryout/' pod-loose.yaml",
        'kk apply -f pod-loose.yaml',
        30,
      ],
      'no label': ["sed -i '/labels:/d; /app: hellok8s/d' pod-loose.yaml", 'kk apply -f pod-loose.yaml', 30],
      'by hand, without a manifest': ['kk run loose --image=leigg/hellok8s:v1', 30],
    },
    wrong: {
      'once more, as it was': ['kk apply -f pod-loose.yaml', 60],
      'room for a third: it is adopted': [
        'kk scale rs hellok8s-rs --replicas=3',
        'kk apply -f pod-loose.yaml',
        60,
      ],
      'the ReplicaSet deleted': ['kk delete rs hellok8s-rs', 5, 'kk apply -f pod-loose.yaml', 60],
      'too soon': ["sed -i 's/app: hellok8s/app: tryout/' pod-loose.yaml", 'kk apply -f pod-loose.yaml', 10],
    },
  },
}
