// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const claim = (name: string, size: string) =>
  `sed 's/: covers/: ${name}/; s/1Gi/${size}/' pvc-covers.yaml | kk apply -f -`
const reader = (path = '/books') =>
  `sed 's/name: shelf/name: reader/; s#/covers#${path}#; s/claimName: covers/claimName: books/' pod-shelf.yaml | kk apply -f -`

const set = (claims: string, volumes = '') =>
  `printf '%s\\n' 'apiVersion: apps/v1' 'kind: StatefulSet' 'metadata: {name: db}' 'spec:' '  serviceName: db' '  replicas: 2' '  selector: {matchLabels: {app: db}}' '  template:' '    metadata: {labels: {app: db}}' '    spec: {containers: [{name: main, image: "busybox:1.28", command: [sleep, infinity], volumeMounts: [{name: data, mountPath: /data}]}]${volumes}}' ${claims} | kk apply -f -`
const template = (size: string) =>
  `'  volumeClaimTemplates:' '  - metadata: {name: data}' '    spec: {storageClassName: disks, accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}}'`

const file = 'pvc-covers-broken.yaml'
const gone = ['kk delete pod shelf --now', 'kk delete pvc covers']
const mended = `sed -i 's/storageClassName: disk$/storageClassName: disks/; s/ReadWriteMany/ReadWriteOnce/; s/20Gi/5Gi/' ${file}`
const apply = [`kk apply -f ${file} -f pod-shelf.yaml`, 30]

export default {
  'two-gigabytes': {
    right: {
      'claim, then pod': [claim('books', '2Gi'), reader(), 20],
      'pod, then claim': [reader(), 5, claim('books', '2Gi'), 30],
      'three are asked for, and three are there': [claim('books', '3Gi'), reader(), 20],
    },
    wrong: {
      'the claim alone: it waits for a pod': [claim('books', '2Gi'), 60],
      'more is asked for, and another volume comes': [claim('books', '4Gi'), reader(), 20],
      'without a class': [
        "sed 's/: covers/: books/; s/1Gi/2Gi/; /storageClassName/d' pvc-covers.yaml | kk apply -f -",
        reader(),
        30,
      ],
      'the volume is named in the claim': [
        claim('books', '2Gi').replace(
          '; s/1Gi',
          '; s/Class.*/&\\\
  volumeName: disk-b/; s/1Gi',
        ),
        reader(),
        30,
      ],
      'mounted elsewhere': [claim('books', '2Gi'), reader('/covers'), 20],
    },
  },
  'each-its-own': {
    right: {
      'one gigabyte each': [set(template('1Gi')), 40],
      'two gigabytes each': [set(template('2Gi')), 40],
      'scaled from one': [
        set(template('1Gi')).replace('replicas: 2', 'replicas: 1'),
        20,
        'kk scale statefulset db --replicas=2',
        40,
      ],
    },
    wrong: {
      'one claim for both': [
        claim('shared', '1Gi'),
        set("''", ', volumes: [{name: data, persistentVolumeClaim: {claimName: shared}}]'),
        40,
      ],
      'more than there is for two': [set(template('5Gi')), 60],
      'an empty directory each': [set("''", ', volumes: [{name: data, emptyDir: {}}]'), 40],
    },
  },
  'not-bound': {
    right: {
      'deleted and made anew': [...gone, mended, ...apply],
      'the pod has no node yet and is not in the way': [
        'kk delete pvc covers',
        mended,
        `kk apply -f ${file}`,
        30,
      ],
      'replace --force': [
        mended,
        'kk delete pod shelf --now',
        `kk replace --force -f ${file}`,
        'kk apply -f pod-shelf.yaml',
        30,
      ],
      'the claim of the lesson': [...gone, 'kk apply -f pvc-covers.yaml -f pod-shelf.yaml', 30],
    },
    wrong: {
      'applied over it: refused': [mended, ...apply],
      'one of three left': [
        ...gone,
        `sed -i 's/storageClassName: disk$/storageClassName: disks/; s/20Gi/2Gi/' ${file}`,
        ...apply,
      ],
      'the volume is changed instead': [
        'kk delete pv disk-1',
        "sed 's/: disks/: disk/; s/5Gi/20Gi/; s/ReadWriteOnce/ReadWriteMany/' pv-disk-1.yaml | kk apply -f -",
        60,
      ],
      waiting: [300],
    },
  },
}
