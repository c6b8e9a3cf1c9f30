// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const server = 'harbor.example.com:5001'
const image = (tag: string) => `${server}/hellok8s/hellok8s:${tag}`
const puller = (user: string, password = 'T0kenOfTheRobot', host = server) =>
  `kk create secret docker-registry puller --docker-server=${host} --docker-username=${user} --docker-password=${password}`
const robot = "'robot$hellok8s+puller'"
const run = (more = '') => `kk run quiet --image=${image('v2')} ${more}`
const named = `--overrides='{"spec":{"imagePullSecrets":[{"name":"puller"}]}}'`

const harbor = (namespace: string) =>
  `kk create secret docker-registry harbor -n ${namespace} --docker-server=${server} --docker-username=developer --docker-password=Harbor12345`
const account = (namespace: string) =>
  `kk patch serviceaccount default -n ${namespace} -p '{"imagePullSecrets":[{"name":"harbor"}]}'`
const restart = ['kk rollout restart deployment/report -n data', 30]

const file = 'home-moved-broken.yaml'
const name = `sed -i 's/registery/registry/' ${file}`
const port = `sed -i 's/harbor.example.com"/harbor.example.com:5001"/' ${file}`
const apply = [`kk apply -f ${file}`, 60]

export default {
  robot: {
    right: {
      'named in the pod': [puller(robot), run(named), 20],
      'the server with its scheme': [puller(robot, 'T0kenOfTheRobot', `https://${server}`), run(named), 20],
      'by the service account': [
        puller(robot),
        `kk patch serviceaccount default -p '{"imagePullSecrets":[{"name":"puller"}]}'`,
        run(),
        20,
      ],
      'the pod first, which then recovers': [run(named), 10, puller(robot), 90],
    },
    wrong: {
      'double quotes: the shell empties $hellok8s': [puller('"robot$hellok8s+puller"'), run(named), 60],
      'the developer instead': [puller('developer', 'Harbor12345'), run(named), 20],
      'the pod does not name it': [puller(robot), run(), 60],
      'the server without its port': [puller(robot, 'T0kenOfTheRobot', 'harbor.example.com'), run(named), 60],
    },
  },
  'for-everyone': {
    right: {
      'Secret, account, restart': [harbor('data'), account('data'), ...restart],
      'pods deleted': [harbor('data'), account('data'), 'kk delete pods --all -n data', 30],
      'scaled to none and up again': [
        account('data'),
        harbor('data'),
        'kk scale deployment report --replicas=0 -n data',
        10,
        'kk scale deployment report --replicas=2 -n data',
        30,
      ],
    },
    wrong: {
      'pods that are there do not learn of it': [harbor('data'), account('data'), 400],
      'the Secret in the other namespace': [harbor('default'), account('data'), ...restart],
      'written into the Deployment': [
        harbor('data'),
        `kk patch deployment report -n data -p '{"spec":{"template":{"spec":{"imagePullSecrets":[{"name":"harbor"}]}}}}'`,
        30,
      ],
      'the account of the other namespace': [harbor('data'), account('default'), ...restart],
    },
  },
  moved: {
    right: {
      'both in the file': [name, port, ...apply],
      'one after the other': [port, ...apply, name, ...apply],
      'a Secret of the name that is asked for': [
        `kk create secret docker-registry registery --docker-server=${server} --docker-username=developer --docker-password=Harbor12345`,
        330,
      ],
    },
    wrong: {
      'the name alone': [name, ...apply],
      'the port alone': [port, ...apply],
      'the public image again': ['kk set image deployment/home hellok8s=leigg/hellok8s:v2', 60],
      'deleted and made anew': ['kk delete deployment home', 10, name, port, ...apply],
    },
  },
}
