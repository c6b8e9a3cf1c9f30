// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const image = 'leigg/hellok8s:v1'
const crunch = [`kk create deployment crunch --image=${image} --replicas=8 -n data`, 20]
const sizes = 'kk apply -f limitrange.yaml -n data'
const again = 'kk rollout restart deployment/report -n data'
const broken = 'deployment-crunch-broken.yaml'
const edit = (cpu: string, memory: string) => [
  `sed -i 's/cpu: 400m/cpu: ${cpu}/; s/memory: 768Mi/memory: ${memory}/' ${broken}`,
  `kk apply -f ${broken} -n data`,
  90,
]

export default {
  five: {
    right: {
      'the quota first': ['kk create quota five --hard=pods=5 -n data', 5, ...crunch],
      'counted as objects': ['kk create quota five --hard=count/pods=5 -n data', 5, ...crunch],
      'by the manifest of the lesson, changed': [
        'sed \'/requests/d; /limits/d; s/"10"/"5"/\' quota.yaml | kk apply -n data -f -',
        5,
        ...crunch,
      ],
      'the quota late, and the pods made again': [
        ...crunch,
        'kk create quota five --hard=pods=5 -n data',
        5,
        'kk scale deployment crunch --replicas=0 -n data',
        10,
        'kk scale deployment crunch --replicas=8 -n data',
        20,
      ],
    },
    wrong: {
      'the quota comes too late': [...crunch, 'kk create quota five --hard=pods=5 -n data', 60],
      'five replicas and no quota': [`kk create deployment crunch --image=${image} --replicas=5 -n data`, 30],
      'a quota for another namespace': ['kk create quota five --hard=pods=5', 5, ...crunch],
      'a share of memory that nobody asks for': [
        'kk create quota five --hard=pods=5,requests.memory=1Gi -n data',
        5,
        ...crunch,
        60,
      ],
    },
  },
  'no-sizes': {
    right: {
      'defaults, and a restart': [sizes, again, 40],
      'defaults, and patience': [sizes, 300],
      'other defaults': [
        "printf 'apiVersion: v1\\nkind: LimitRange\\nmetadata: {name: mine}\\nspec: {limits: [{type: Container, default: {cpu: 200m, memory: 100Mi}}]}\\n' | kk apply -n data -f -",
        again,
        40,
      ],
    },
    wrong: {
      'the sizes written into the Deployment': [
        'kk set resources deployment report -n data --requests=cpu=100m,memory=64Mi --limits=memory=128Mi',
        40,
      ],
      'the quota is deleted': ['kk delete quota share -n data', again, 60],
      'defaults too large for two': [
        "printf 'apiVersion: v1\\nkind: LimitRange\\nmetadata: {name: mine}\\nspec: {limits: [{type: Container, default: {cpu: 800m, memory: 800Mi}}]}\\n' | kk apply -n data -f -",
        again,
        90,
      ],
      waiting: [300],
    },
  },
  'too-much': {
    right: {
      'less of both': edit('200m', '256Mi'),
      'as much as there is': edit('250m', '512Mi'),
      'by set resources': [
        'kk set resources deployment crunch -n data --requests=cpu=100m,memory=64Mi --limits=memory=128Mi',
        60,
      ],
    },
    wrong: {
      'the memory alone': edit('400m', '256Mi'),
      'the processor alone': edit('200m', '768Mi'),
      'fewer replicas': [`sed -i 's/replicas: 4/replicas: 2/' ${broken}`, ...edit('400m', '256Mi')],
      'a larger share': [
        `kk patch quota share -n data -p '{"spec":{"hard":{"requests.cpu":"4","limits.memory":"4Gi"}}}'`,
        `kk patch limitrange sizes -n data --type=json -p '[{"op":"remove","path":"/spec/limits/0/max"}]'`,
        'kk rollout restart deployment/crunch -n data',
        60,
      ],
    },
  },
}
