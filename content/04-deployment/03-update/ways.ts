// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const file = 'deployment-three.yaml'
const image = (tag: string) => `kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:${tag}`
const because = (words: string) =>
  `kk annotate deployment/hellok8s-go-http kubernetes.io/change-cause="${words}" --overwrite`

export default {
  'update-by-file': {
    right: {
      'the file, then apply': [`sed -i 's/:v1/:v3_hostname/' ${file}`, `kk apply -f ${file}`, 15],
      'the image by its full name': [
        `sed -i 's,leigg/hellok8s:v1,docker.io/leigg/hellok8s:v3_hostname,' ${file}`,
        `kk apply -f ${file}`,
        15,
      ],
      'set image first, then file and cluster brought together': [
        image('v3_hostname'),
        15,
        `sed -i 's/:v1/:v3_hostname/' ${file}`,
        `kk apply -f ${file}`,
        5,
      ],
      'a copy that is moved into place': [
        `sed 's/:v1/:v3_hostname/' ${file} > new.yaml`,
        `mv new.yaml ${file}`,
        `kk apply -f ${file}`,
        15,
      ],
    },
    wrong: {
      'set image leaves the file as it was': [image('v3_hostname'), 15],
      'applied from a pipe, the file untouched': [`sed 's/:v1/:v3_hostname/' ${file} | kk apply -f -`, 15],
      'the file changed and never applied': [
        `sed -i 's/:v1/:v3_hostname/' ${file}`,
        image('v3_hostname'),
        15,
      ],
      'the number of replicas went down on the way': [
        `sed -i 's/:v1/:v3_hostname/; s/replicas: 3/replicas: 1/' ${file}`,
        `kk apply -f ${file}`,
        15,
      ],
    },
  },
  'two-causes': {
    right: {
      'after each update': [image('v2'), because('one'), 15, image('v3_hostname'), because('two'), 15],
      'at the end, by way of the ReplicaSets': [
        image('v2'),
        15,
        image('v3_hostname'),
        15,
        'kk annotate rs -l app=hellok8s kubernetes.io/change-cause=one --overwrite',
        because('two'),
        5,
      ],
      'with --record’s successor in the file': [
        `sed -i 's/^metadata:/metadata:\\n  annotations: {kubernetes.io\\/change-cause: one}/; s/:v1/:v2/' ${file}`,
        `kk apply -f ${file}`,
        15,
        `sed -i 's/change-cause: one/change-cause: two/; s/:v2/:v3_hostname/' ${file}`,
        `kk apply -f ${file}`,
        15,
      ],
    },
    wrong: {
      'written once: it sticks to the next': [image('v2'), because('one'), 15, image('v3_hostname'), 15],
      'only the last has one': [image('v2'), 15, image('v3_hostname'), because('two'), 15],
      'v2 was left out': [image('v3_hostname'), because('two'), 15],
      'back to v2 in the end': [
        image('v2'),
        because('one'),
        15,
        image('v3_hostname'),
        because('two'),
        2,
        image('v2'),
        20,
      ],
    },
  },
  typo: {
    right: {
      'the right tag': [image('v2'), 20],
      undo: ['kk rollout undo deployment/hellok8s-go-http', 10, image('v2'), 20],
      'by file': [`sed -i 's/:v1/:v2/' ${file}`, `kk apply -f ${file}`, 20],
    },
    wrong: {
      'back to v1 only': ['kk rollout undo deployment/hellok8s-go-http', 20],
      'deleted and made anew': [
        'kk delete deployment hellok8s-go-http',
        `sed 's/:v1/:v2/' ${file} | kk apply -f -`,
        20,
      ],
      'through zero': [
        'kk scale deployment/hellok8s-go-http --replicas=0',
        image('v2'),
        'kk scale deployment/hellok8s-go-http --replicas=3',
        20,
      ],
      'the old pods deleted by hand': [image('v2'), 'kk delete pods -l app=hellok8s', 20],
    },
  },
}
