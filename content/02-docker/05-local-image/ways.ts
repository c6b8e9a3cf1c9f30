// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const build = 'docker build -q -t learner/hellok8s:v1 .'
const login = 'echo secret | docker login -u learner --password-stdin'
const push = 'docker push -q learner/hellok8s:v1'
const imported = (image: string, namespace = '-n k8s.io', node = 'k8s-node1') =>
  `docker save ${image} | ssh ${node} ctr ${namespace} image import -`
const policy = (value: string) =>
  `kk patch deployment hellok8s -p '{"spec":{"template":{"spec":{"containers":[{"name":"hellok8s","imagePullPolicy":"${value}"}]}}}}'`

export default {
  'same-pod': {
    right: {
      'build, log in, push, wait': [build, login, push, 330],
      'under another name first': [
        'docker build -q -t shop .',
        'docker tag shop learner/hellok8s:v1',
        login,
        push,
        330,
      ],
      'straight to its node': [build, imported('learner/hellok8s:v1'), 330],
    },
    wrong: {
      'built and not pushed': [build, 600],
      'pushed without a login': [build, `${push} || true`, 600],
      'another pod': [build, login, push, 'kk delete pods -l app=hellok8s', 60],
      'another tag': ['docker build -q -t learner/hellok8s .', login, 'docker push -q learner/hellok8s', 600],
    },
  },
  'no-registry': {
    right: {
      'by a pipe': [imported('learner/hellok8s:v1'), 330],
      'and without waiting for the next try': [
        imported('learner/hellok8s:v1'),
        'kk delete pods -l app=hellok8s',
        20,
      ],
      'by a file': [
        'docker save -o image.tar learner/hellok8s:v1',
        'cat image.tar | ssh k8s-node1 ctr -n=k8s.io images import -',
        330,
      ],
    },
    wrong: {
      'into the namespace of nobody': [imported('learner/hellok8s:v1', ''), 600],
      'into the wrong machine': [imported('learner/hellok8s:v1', '-n k8s.io', 'k8s-master'), 600],
      'the registry is down': [login, `${push} || true`, 600],
      'a second one beside it': [
        imported('learner/hellok8s:v1'),
        'kk run again --image=learner/hellok8s:v1 -l app=hellok8s',
        330,
      ],
      'pull in any case': [imported('learner/hellok8s:v1'), policy('Always'), 600],
    },
  },
  'still-missing': {
    right: {
      'push it': [login, 'docker push -q learner/hellok8s', 360],
      'use what is there': [policy('IfNotPresent'), 30],
      'made anew under a tag': [
        'docker tag learner/hellok8s learner/hellok8s:v1',
        imported('learner/hellok8s:v1'),
        'kk delete deployment hellok8s',
        'kk apply -f deployment.yaml',
        60,
      ],
    },
    wrong: {
      'a tag, while the policy stays as it was made': [
        'docker tag learner/hellok8s learner/hellok8s:v1',
        imported('learner/hellok8s:v1'),
        'kk set image deployment/hellok8s hellok8s=learner/hellok8s:v1',
        330,
      ],
      'import it once more': [imported('learner/hellok8s'), 600],
      'restart and hope': ['kk rollout restart deployment/hellok8s', 600],
      'another image that can be pulled': ['kk set image deployment/hellok8s hellok8s=nginx', 60],
      'never, but under a name that is not there': [
        'kk set image deployment/hellok8s hellok8s=learner/hellok8s:v1',
        policy('Never'),
        120,
      ],
    },
  },
}
