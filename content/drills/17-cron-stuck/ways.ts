import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get jobs', /Running +0\/1/],
    [
      'kubectl get events',
      /JobAlreadyActive.*Not starting job because prior execution is running and concurrency policy is Forbid/s,
    ],
    ['kubectl get cronjob', /False +1 /],
  ],
  right: {
    'the Job that hangs, by its name': [
      "kubectl delete job $(kubectl get cronjob report -o jsonpath='{.status.active[0].name}')",
    ],
    'the Job that hangs gets a deadline': [
      `kubectl patch job $(kubectl get cronjob report -o jsonpath='{.status.active[0].name}') -p '{"spec":{"activeDeadlineSeconds":1}}'`,
    ],
    'the next one takes its place, then Forbid again': [
      `kubectl patch cronjob report -p '{"spec":{"concurrencyPolicy":"Replace"}}'`,
      320,
      `kubectl patch cronjob report -p '{"spec":{"concurrencyPolicy":"Forbid"}}'`,
    ],
    'a deadline for those to come too': [
      `kubectl patch cronjob report -p '{"spec":{"jobTemplate":{"spec":{"activeDeadlineSeconds":120}}}}'`,
      'kubectl delete jobs --all',
    ],
  },
  wrong: {
    'a run by hand is none of the schedule': ['kubectl create job report-now --from=cronjob/report'],
    'overlaps are allowed': [`kubectl patch cronjob report -p '{"spec":{"concurrencyPolicy":"Allow"}}'`],
    'the CronJob made anew': ['kubectl delete cronjob report', 'kubectl apply -f report.yaml'],
    'the Job makes a new pod of the old script': ['kubectl delete pods --all'],
    'paused and resumed': [
      `kubectl patch cronjob report -p '{"spec":{"suspend":true}}'`,
      20,
      `kubectl patch cronjob report -p '{"spec":{"suspend":false}}'`,
    ],
    'more often': [`kubectl patch cronjob report -p '{"spec":{"schedule":"* * * * *"}}'`],
    'replaced by force': ['kubectl replace --force -f report.yaml'],
  },
  limit: 700,
} satisfies DrillWays
