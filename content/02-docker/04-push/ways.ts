// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const login = (user: string) => `echo secret | docker login -u ${user} --password-stdin`
const harbor = 'harbor.example.com:5001'
const harborLogin = `echo Harbor12345 | docker login -u admin --password-stdin ${harbor}`
const tag = (to: string, from = 'hellok8s') => `docker tag ${from} ${to}`
const push = (image: string) => `docker push -q ${image} || true`
const pod = (image: string) => `kk run greeting --image=${image} --image-pull-policy=Always`
const good = '$(docker images -q learner/hellok8s | tail -1)'
const setImage = (image: string) => `kk set image deployment/hellok8s hellok8s=${image}`

export default {
  'own-name': {
    right: {
      'tag, log in, push': [tag('reader/hellok8s:v1'), login('reader'), push('reader/hellok8s:v1'), 300],
      'built once more under the whole name': [
        'docker build -q -t docker.io/reader/hellok8s:v1 .',
        'docker login -u reader -p secret',
        push('docker.io/reader/hellok8s:v1'),
        300,
      ],
      'all tags at once, and the pod made anew': [
        tag('reader/hellok8s:v1'),
        tag('reader/hellok8s'),
        login('reader'),
        'docker push -aq reader/hellok8s',
        'kk delete pod greeting',
        pod('reader/hellok8s:v1'),
        30,
      ],
    },
    wrong: {
      'logged in as somebody else': [
        tag('reader/hellok8s:v1'),
        login('learner'),
        push('reader/hellok8s:v1'),
        600,
      ],
      'not logged in': [tag('reader/hellok8s:v1'), push('reader/hellok8s:v1'), 600],
      'another tag': [tag('reader/hellok8s'), login('reader'), push('reader/hellok8s'), 600],
      'only into the node, which is not asked': [
        tag('reader/hellok8s:v1'),
        'docker save reader/hellok8s:v1 | ssh k8s-node1 ctr -n k8s.io image import -',
        600,
      ],
    },
  },
  harbor: {
    right: {
      'tag, log in, push': [
        tag(`${harbor}/library/hellok8s:v1`),
        harborLogin,
        push(`${harbor}/library/hellok8s:v1`),
        300,
      ],
      'log in first, build under its name': [
        `docker login ${harbor} -u admin -p Harbor12345`,
        `docker build -q -t ${harbor}/library/hellok8s:v1 .`,
        push(`${harbor}/library/hellok8s:v1`),
        300,
      ],
      'by way of Docker Hub': [
        tag('learner/hellok8s:v1'),
        login('learner'),
        push('learner/hellok8s:v1'),
        tag(`${harbor}/library/hellok8s:v1`, 'learner/hellok8s:v1'),
        harborLogin,
        push(`${harbor}/library/hellok8s:v1`),
        300,
      ],
    },
    wrong: {
      'logged in at Docker Hub': [
        tag(`${harbor}/library/hellok8s:v1`),
        login('admin'),
        push(`${harbor}/library/hellok8s:v1`),
        600,
      ],
      'into a project that there is not': [
        tag(`${harbor}/shop/hellok8s:v1`),
        harborLogin,
        push(`${harbor}/shop/hellok8s:v1`),
        600,
      ],
      'to Docker Hub, and the pod made to look there': [
        tag('learner/hellok8s:v1'),
        login('learner'),
        push('learner/hellok8s:v1'),
        'kk delete pod greeting',
        pod('learner/hellok8s:v1'),
        60,
      ],
    },
  },
  'moved-tag': {
    right: {
      'the tag moved back, and the node made to pull again': [
        'docker tag $(docker images -q learner/hellok8s | tail -1) learner/hellok8s:v1',
        'docker push -q learner/hellok8s:v1',
        'kk scale deployment hellok8s --replicas=0',
        10,
        'ssh k8s-node1 crictl rmi docker.io/learner/hellok8s:v1',
        'kk scale deployment hellok8s --replicas=1',
        40,
      ],
      'a tag of its own': [
        tag('learner/hellok8s:v1.1', good),
        push('learner/hellok8s:v1.1'),
        setImage('learner/hellok8s:v1.1'),
        60,
      ],
      'by its digest': [
        setImage(
          `learner/hellok8s@$(docker images --digests --format '{{.Tag}} {{.Digest}}' learner/hellok8s | awk '/none/{print $2}')`,
        ),
        60,
      ],
      'the next version': [
        `sed -i 's#panic.*#http.HandleFunc("/", hello)#' main.go`,
        'docker build -q -t learner/hellok8s:v2 .',
        push('learner/hellok8s:v2'),
        setImage('learner/hellok8s:v2'),
        60,
      ],
    },
    wrong: {
      'the tag moved back, and hope: the node has a v1': [
        tag('learner/hellok8s:v1', good),
        push('learner/hellok8s:v1'),
        'kk rollout restart deployment/hellok8s',
        120,
      ],
      'a new tag that was never pushed': [
        tag('learner/hellok8s:v1.1', good),
        setImage('learner/hellok8s:v1.1'),
        120,
      ],
      'another program': [setImage('nginx'), 60],
      'switched off': ['kk scale deployment hellok8s --replicas=0', 60],
      'v1 pushed once more as it is': [push('learner/hellok8s:v1'), 300],
    },
  },
}
