// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const parallel = "sed -i 's/^  serviceName/  podManagementPolicy: Parallel\\n  serviceName/' statefulset.yaml"
const apply = 'kk apply -f statefulset.yaml'
const remove = 'kk delete statefulset db'
const undo = 'kk rollout undo statefulset/db'

export default {
  'comes-back': {
    right: {
      'the pod deleted': ['kk delete pod db-0', 20],
      'all of them': ['kk delete pod -l app=db', 40],
      'to nothing and back': [
        'kk scale statefulset db --replicas=0',
        20,
        'kk scale statefulset db --replicas=3',
        40,
      ],
      'restarted by the controller': ['kk rollout restart statefulset db', 60],
    },
    wrong: {
      'another one deleted': ['kk delete pod db-1', 40],
      'scaled to one: the first stays': [
        'kk scale statefulset db --replicas=1',
        20,
        'kk scale statefulset db --replicas=3',
        40,
      ],
      'with a new disk': ['kk delete pvc data-db-0 --wait=false', 'kk delete pod db-0', 60],
      'and then fewer': ['kk scale statefulset db --replicas=2', 'kk delete pod db-0', 40],
    },
  },
  together: {
    right: {
      'deleted and made anew': [remove, parallel, apply, 30],
      'its pods left alone meanwhile': [`${remove} --cascade=orphan`, parallel, apply, 30],
      'replace --force': [parallel, 'kk replace --force -f statefulset.yaml', 40],
    },
    wrong: {
      'apply is refused': [parallel, apply, 60],
      'with its claims': [remove, 'kk delete pvc --all', parallel, apply, 60],
      'as it was': [remove, apply, 60],
      'two of three': [remove, parallel, "sed -i 's/replicas: 3/replicas: 2/' statefulset.yaml", apply, 60],
    },
  },
  stuck: {
    right: {
      'undo, and the stuck pod deleted': [undo, 'kk delete pod db-2', 30],
      'deleted, then the good image: again by hand': [
        'kk set image statefulset/db db=busybox:1.36',
        'kk delete pod db-2',
        60,
      ],
      'by the file': [apply, 'kk delete pod db-2', 30],
      'the set made anew, the disks kept': [remove, 10, apply, 60],
    },
    wrong: {
      'undo alone': [undo, 300],
      'deleted, and the template is still bad': ['kk delete pod db-2', 120],
      'two are enough': [undo, 'kk scale statefulset db --replicas=2', 60],
      'a new disk for it': [undo, 'kk delete pvc data-db-2 --wait=false', 'kk delete pod db-2', 120],
    },
  },
}
