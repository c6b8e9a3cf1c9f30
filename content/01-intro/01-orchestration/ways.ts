// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const image = 'leigg/hellok8s:v1'
const create = `kk create deployment greeting --image=${image}`
const newest = (name: string) => `kk get pods -l app=${name} -o jsonpath='{.items[0].metadata.name}'`
const manifest = (name: string, replicas: number) =>
  `printf 'apiVersion: apps/v1\\nkind: Deployment\\nmetadata: {name: ${name}}\\nspec:\\n  replicas: ${replicas}\\n  selector: {matchLabels: {app: ${name}}}\\n  template:\\n    metadata: {labels: {app: ${name}}}\\n    spec: {containers: [{name: web, image: "docker.io/${image}"}]}\\n' | kk apply -f -`

export default {
  'deleted-both': {
    right: {
      'both at once': [`${create} --replicas=2`, 20, 'kk delete pods -l app=greeting', 30],
      'one after the other': [
        `${create} --replicas=2`,
        20,
        `kk delete pod $(${newest('greeting')})`,
        20,
        `kk delete pod $(${newest('greeting')})`,
        20,
      ],
      'from a manifest, everything deleted': [
        manifest('greeting', 2),
        20,
        'kk delete pods --all --wait=false',
        60,
      ],
      'one first, two later': [
        create,
        20,
        'kk scale deployment greeting --replicas=2',
        20,
        'kk delete pods --all',
        30,
      ],
    },
    wrong: {
      'nothing deleted': [`${create} --replicas=2`, 60],
      'only one deleted': [`${create} --replicas=2`, 20, `kk delete pod $(${newest('greeting')})`, 60],
      'scaled down and up': [
        `${create} --replicas=2`,
        20,
        'kk scale deployment greeting --replicas=0',
        40,
        'kk scale deployment greeting --replicas=2',
        30,
      ],
      'two pods without anybody behind them': [
        `kk run greeting-a --image=${image}`,
        `kk run greeting-b --image=${image}`,
        20,
        'kk delete pods --all',
        30,
      ],
      'replaced by a restart': [`${create} --replicas=2`, 20, 'kk rollout restart deployment greeting', 60],
      'the Deployment deleted': [`${create} --replicas=2`, 20, 'kk delete deployment greeting', 60],
    },
  },
  'handed-over': {
    right: {
      'first the new, then away with the old': [create, 20, 'kk delete pod alone', 40],
      'three of them, under another name': [
        `kk create deployment front --image=${image} --replicas=3`,
        20,
        'kk delete pod alone',
        40,
      ],
      'from a manifest': [manifest('greeting', 1), 20, 'kk delete pod alone', 40],
      'two of them, the old one not waited for': [
        manifest('greeting', 2),
        20,
        'kk delete pod alone --wait=false',
        60,
      ],
    },
    wrong: {
      'deleted first': ['kk delete pod alone', create, 60],
      'too soon: the new one has not started': [create, 'kk delete pod alone --force', 60],
      'alone is still there': [create, 60],
      'one lonely pod for another': [`kk run other --image=${image}`, 20, 'kk delete pod alone', 60],
      'another program': ['kk create deployment greeting --image=nginx', 30, 'kk delete pod alone', 60],
    },
  },
  'nobody-home': {
    right: {
      scale: ['kk scale deployment greeting --replicas=2', 30],
      patch: [`kk patch deployment greeting -p '{"spec":{"replicas":2}}'`, 30],
      'edited and applied': [
        `kk get deployment greeting -o yaml | sed 's/replicas: 0/replicas: 2/' | kk replace -f -`,
        30,
      ],
      'too many first': [
        'kk scale deployment greeting --replicas=5',
        30,
        'kk scale deployment greeting --replicas=2',
        60,
      ],
    },
    wrong: {
      'wait for it': [600],
      'restart it': ['kk rollout restart deployment greeting', 120],
      'one is not two': ['kk scale deployment greeting --replicas=1', 60],
      'deleted and made anew': ['kk delete deployment greeting', `${create} --replicas=2`, 60],
      'pods by hand': [
        `kk run greeting-a --image=${image} --labels=app=greeting`,
        `kk run greeting-b --image=${image}`,
        60,
      ],
    },
  },
}
