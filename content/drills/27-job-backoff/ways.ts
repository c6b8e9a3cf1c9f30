import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get job migrate', /Failed +0\/1/],
    ['kubectl get events', /BackoffLimitExceeded/],
    ['kubectl logs job/migrate', /cannot reach orders-db:5433/],
    ['kubectl apply -f migrate.yaml', /field is immutable/],
  ],
  right: {
    'what is deleted is kept in a file': [
      'kubectl get job migrate -o yaml > old.yaml',
      'kubectl delete -f old.yaml',
      'kubectl create -f migrate.yaml || true',
    ],
    'the Job alone replaced by force': [
      "sed -n '/kind: Job/,$p' migrate.yaml | sed '1i apiVersion: batch/v1' | kubectl replace --force -f -",
    ],
    'a Job of one’s own that checks the same': [
      'kubectl delete job migrate',
      'kubectl create job migrate --image=busybox:1.36 -- nc -z -w 5 orders-db 5432',
    ],
    'its pods left behind': ['kubectl delete job migrate --cascade=orphan', 'kubectl apply -f migrate.yaml'],
  },
  wrong: {
    'the database replaced with it': ['kubectl replace --force -f migrate.yaml'],
    'the pods deleted: the Job has given up': ['kubectl delete pods -l job-name=migrate'],
    'a number that comes too late': [`kubectl patch job migrate -p '{"spec":{"backoffLimit":10}}'`],
    'a Job that checks nothing': [
      'kubectl delete job migrate',
      'kubectl create job migrate --image=busybox:1.36 -- true',
    ],
    'a Job that only says so': [
      'kubectl delete job migrate',
      'kubectl create job migrate --image=busybox:1.36 -- echo nc -z -w 2 orders-db 5432',
    ],
    'a Job that is content either way': [
      'kubectl delete job migrate',
      "kubectl create job migrate --image=busybox:1.36 -- sh -c 'nc -z -w 2 orders-db 5432; true'",
    ],
    'suspended and resumed': [
      `kubectl patch job migrate -p '{"spec":{"suspend":true}}'`,
      `kubectl patch job migrate -p '{"spec":{"suspend":false}}'`,
    ],
  },
} satisfies DrillWays
