// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const shop = 'kk create deployment shop --image=leigg/hellok8s:v1 --replicas=3'
const expose = 'kk expose deployment shop --port=80 --target-port=3000'

export default {
  'the-pair': {
    right: {
      'create and expose': [shop, expose, 30],
      'the Service first': ['kk create service clusterip shop --tcp=80:3000', shop, 30],
      'scaled afterwards': [
        'kk create deployment shop --image=nginx',
        'kk expose deployment shop --port=80',
        'kk scale deployment shop --replicas=3',
        30,
      ],
    },
    wrong: {
      'no Service': [shop, 60],
      'a pod is no Deployment': ['kk run shop --image=nginx', 'kk expose pod shop --port=80', 60],
      'a Service with nobody behind it': ['kk create service clusterip shop --tcp=80:3000', 60],
      'two of three': [shop.replace('=3', '=2'), expose, 60],
    },
  },
  'by-label': {
    right: {
      'both at once': ['kk label pods a b tier=front'],
      'one after the other': ['kk label pod a tier=front', 'kk label pod b tier=front'],
      'all, and one taken back': ['kk label pods --all tier=front', 'kk label pod c tier-'],
    },
    wrong: {
      'all of them': ['kk label pods --all tier=front'],
      'an annotation does not select': ['kk annotate pods a b tier=front'],
      'one is missing': ['kk label pod a tier=front'],
      'the third one deleted instead': ['kk label pods --all tier=front', 'kk delete pod c'],
    },
  },
}
