// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const deployment = 'hellok8s-go-http'
const expose = (more: string) => `kk expose deployment ${deployment} --name=everyone --port=3000 ${more}`
const scale = (replicas: number) => `kk scale deployment ${deployment} --replicas=${replicas}`
const patch = (service: string, spec: object) =>
  `kk patch service ${service} -p '${JSON.stringify({ spec })}'`
const file = 'statefulset-db-broken.yaml'
const mend = `sed -i 's/serviceName: database/serviceName: db/' ${file}`

export default {
  'the-list': {
    right: {
      'expose, then scale': [expose('--cluster-ip=None'), scale(3), 10],
      'scale, then the file of the lesson': [
        scale(3),
        "sed 's/name: .*/name: everyone/' service-clusterip-headless.yaml | kk apply -f -",
        10,
      ],
      'create service clusterip --clusterip=None, then its selector': [
        'kk create service clusterip everyone --clusterip=None --tcp=3000',
        'kk set selector service everyone app=hellok8s',
        scale(3),
        10,
      ],
    },
    wrong: {
      'with an address': [expose(''), scale(3), 10],
      'two pods only': [expose('--cluster-ip=None'), 10],
      'a third that nobody keeps alive': [
        expose('--cluster-ip=None'),
        'kk run extra --image=leigg/hellok8s:v3_hostname --labels=app=hellok8s',
        15,
      ],
      'the address cannot be taken away afterwards': [
        expose(''),
        patch('everyone', { clusterIP: 'None' }),
        scale(3),
        10,
      ],
      'another name': ["sed 's/x/x/' service-clusterip-headless.yaml | kk apply -f -", scale(3), 10],
    },
  },
  'find-each-other': {
    right: {
      patch: [patch('peers', { publishNotReadyAddresses: true }), 5],
      'the file, then apply': [
        "sed -i 's/clusterIP: None/clusterIP: None\\n  publishNotReadyAddresses: true/' peers.yaml",
        'kk apply -f peers.yaml',
        5,
      ],
      'a Service made anew': [
        'kk delete service peers',
        'kk expose deployment peers --port=3000 --cluster-ip=None',
        patch('peers', { publishNotReadyAddresses: true }),
        5,
      ],
    },
    wrong: {
      'the probe taken away': [
        `kk patch deployment peers --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'`,
        30,
      ],
      'a ClusterIP in front': [
        'kk delete service peers',
        'kk expose deployment peers --port=3000',
        patch('peers', { publishNotReadyAddresses: true }),
        5,
      ],
      'another image, which becomes ready': ['kk set image deployment/peers peers=leigg/hellok8s:v2', 40],
    },
  },
  nameless: {
    right: {
      'the StatefulSet made anew': [mend, 'kk delete statefulset db', 5, `kk apply -f ${file}`, 20],
      'replace --force': [mend, `kk replace --force -f ${file}`, 25],
      'its pods kept, then one after the other': [
        mend,
        'kk delete statefulset db --cascade=orphan',
        `kk apply -f ${file}`,
        5,
        'kk delete pod db-0',
        20,
        'kk delete pod db-1',
        40,
      ],
      'the whole file deleted and applied': [mend, `kk delete -f ${file}`, 5, `kk apply -f ${file}`, 20],
    },
    wrong: {
      'serviceName by patch: refused': [`kk patch statefulset db -p '{"spec":{"serviceName":"db"}}'`, 20],
      'a second Service of the other name: db-0.db is still missing': [
        `sed '/^---/,$d; s/name: db/name: database/' ${file} | kk apply -f -`,
        10,
      ],
      'pods deleted: they come back the same': ['kk delete pods -l app=db', 20],
      'a ClusterIP': ['kk delete service db', 'kk expose statefulset db --port=3000 --name=db', 10],
    },
  },
}
