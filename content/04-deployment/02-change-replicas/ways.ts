// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const file = 'deployment.yaml'
const scale = (replicas: number) => `kk scale deployment/hellok8s-go-http --replicas=${replicas}`
const patch = (replicas: number) =>
  `kk patch deployment hellok8s-go-http -p '{"spec":{"replicas":${replicas}}}'`

export default {
  'to-zero-and-back': {
    right: {
      scale: [scale(0), 10, scale(2), 5],
      patch: [patch(0), 10, patch(2), 5],
      'the file says it again': [scale(0), 10, `kk apply -f ${file}`, 5],
      'after a start that went the wrong way': [scale(5), 10, scale(0), 10, scale(2), 5],
    },
    wrong: {
      'deleted and created': [`kk delete -f ${file}`, 10, `kk apply -f ${file}`, 10],
      'back before the pods were gone': [`${scale(0)}; ${scale(2)}`, 10],
      'to one and back': [scale(1), 10, scale(2), 5],
      'the pods deleted: they are replaced': ['kk delete pods -l app=hellok8s', 10],
    },
  },
  'for-good': {
    right: {
      'file, apply': [`sed -i 's/replicas: 2/replicas: 4/' ${file}`, `kk apply -f ${file}`, 10],
      'scaled first, the file afterwards': [
        scale(4),
        5,
        `sed -i 's/replicas: 2/replicas: 4/' ${file}`,
        `kk apply -f ${file}`,
        5,
      ],
      'patched, then the file': [patch(4), `sed -i 's/2$/4/' ${file}`, `kk apply -f ${file}`, 10],
    },
    wrong: {
      'scale: the file says two': [scale(4), 10],
      'applied from a pipe, the file untouched': [
        `sed 's/replicas: 2/replicas: 4/' ${file} | kk apply -f -`,
        10,
      ],
      'the file was never applied': [`sed -i 's/replicas: 2/replicas: 4/' ${file}`, scale(4), 10],
      'one too many': [`sed -i 's/replicas: 2/replicas: 5/' ${file}`, `kk apply -f ${file}`, 10],
    },
  },
  'hands-off': {
    right: {
      'taken out, applied, scaled': [`sed -i '/replicas:/d' ${file}`, `kk apply -f ${file}`, scale(5), 10],
      'by set-last-applied, without a dip': [
        `sed -i '/replicas:/d' ${file}`,
        `kk apply set-last-applied -f ${file}`,
        5,
      ],
      'applied twice, scaled in between': [
        `sed -i '/replicas:/d' ${file}`,
        `kk apply -f ${file}`,
        scale(5),
        5,
        `kk apply -f ${file}`,
        5,
      ],
    },
    wrong: {
      'five in the file: the next change is undone again': [
        `sed -i 's/replicas: 2/replicas: 5/' ${file}`,
        `kk apply -f ${file}`,
        10,
      ],
      'the line is gone, but never applied': [`sed -i '/replicas:/d' ${file}`, 10],
      'applied and left at one': [`sed -i '/replicas:/d' ${file}`, `kk apply -f ${file}`, 30],
      'the file is deleted': [`rm ${file}`, 10],
    },
  },
}
