import { firstUid, isReady, sameImage, steadyFor } from '../../../src/lesson/checks.ts'
import { type ClusterView, exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const pod = (view: ClusterView, name: string) => view.get('pods', name)

const window = `apiVersion: v1
kind: Pod
metadata:
  name: window
spec:
  containers:
    - name: check
      image: busybox:1.28
      command: [sleep, "86400"]
    - name: web
      image: nginx
      readinessProbe:
        httpGet:
          path: /notice.html
          port: 80
        periodSeconds: 2
`

const greet = `apiVersion: v1
kind: Pod
metadata:
  name: greet
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: hellok8s
      image: leigg/hellok8s:v1
    - name: check
      image: busybox:1.28
      command:
        - sh
        - -c
        - |
          ask=localhost:8080
          while sleep 5; do
            if wget -qO- $ask >/dev/null 2>&1; then echo "$ask answers"; touch /tmp/answered
            else echo "$ask does not answer"; rm -f /tmp/answered; fi
          done
      readinessProbe:
        exec:
          command: [cat, /tmp/answered]
        periodSeconds: 2
`

const tills = [1, 2, 3, 4].map(n => `till-${n}`)
const sickTill = 'till-3'
const till = (name: string): string =>
  `kk run ${name} --image=busybox:1.28 --labels=app=till -- sh -c 'while sleep 5; do echo ${name === sickTill ? '"cannot reach the price list"' : 'sold'}; done'`
const isCalledSick = (view: ClusterView, name: string): boolean =>
  pod(view, name)?.metadata.labels?.sick === 'yes'

export default {
  transcript: 'look-inside.console',
  minutes: 15,
  level: 2,
  needs: ['3.1'],
  files: { 'window.yaml': window, 'greet.yaml': greet },
  exercises: [
    exercise<string | undefined>({
      name: 'notice',
      kind: 'repeat',
      start: ['kk apply -f window.yaml', 10],
      watch: firstUid('pods', 'window'),
      checks: {
        ready: view => isReady(pod(view, 'window')),
        same: (view, uid) => {
          const object = pod(view, 'window')
          const restarts = object?.status?.containerStatuses?.some(each => each.restartCount > 0)
          return object !== undefined && object.metadata.uid === uid && !restarts
        },
      },
      solution: ['echo open > notice.html', 'kk cp notice.html window:/usr/share/nginx/html/ -c web', 6],
    }),
    {
      name: 'sick-till',
      kind: 'vary',
      start: [...tills.map(till), 20],
      checks: {
        found: view => isCalledSick(view, sickTill),
        only: view =>
          tills.filter(name => name !== sickTill).every(name => pod(view, name) && !isCalledSick(view, name)),
      },
      solution: ['kk logs -l app=till --prefix --tail=1', `kk label pod ${sickTill} sick=yes`],
    },
    {
      name: 'wrong-door',
      kind: 'fix',
      start: ['kk apply -f greet.yaml', 20],
      checks: {
        program: view => {
          const containers = pod(view, 'greet')?.spec.containers ?? []
          const [program, check] = ['hellok8s', 'check'].map(name =>
            containers.find(each => each.name === name),
          )
          return (
            sameImage(program?.image, 'leigg/hellok8s:v1') &&
            check?.readinessProbe?.exec?.command?.join(' ') === 'cat /tmp/answered' &&
            /\b(wget|curl|nc)\b/.test(check.command?.join(' ') ?? '') &&
            /\b3000\b/.test(check.command?.join(' ') ?? '')
          )
        },
        // One answer made up by hand lasts five seconds at most.
        steady: view => steadyFor(view, 'greet', 15_000),
      },
      solution: [
        'kk logs greet -c check --tail=1',
        'kk exec greet -c check -- netstat -ltn',
        "sed -i 's/localhost:8080/localhost:3000/' greet.yaml",
        'kk replace --force -f greet.yaml',
        30,
      ],
    },
  ],
} satisfies Lesson
