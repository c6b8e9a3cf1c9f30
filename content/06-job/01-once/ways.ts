// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const count = (name: string, years: string) =>
  `kk create job ${name} --image=busybox:1.28 -- sh -c 'for year in ${years}; do echo counting $year; sleep 5; done'`
const older = "sed 's/2023 2024 2025/2021 2022/; s/name: recount$/name: older/' job.yaml"
const more = "sed -i 's/2024 2025/2024 2025 2026/' job.yaml"

export default {
  older: {
    right: {
      'the manifest of the lesson, two lines changed': [`${older} | kk apply -f -`, 40],
      'create job': [count('older', '2021 2022'), 30],
      'OnFailure will do as well': [
        `${older} | sed 's/Never/OnFailure/' > older.yaml`,
        'kk create -f older.yaml',
        40,
      ],
      'cut off once, and done by another pod': [
        `${older} | kk apply -f -`,
        5,
        'kk delete pod -l job-name=older',
        90,
      ],
    },
    wrong: {
      'a pod alone is no Job': ["kk run older --image=busybox:1.28 --restart=Never -- echo '2021 2022'", 60],
      'swept up before anybody could read the log': [
        `${older} | sed 's/^spec:/spec:\\n  ttlSecondsAfterFinished: 0/' | kk apply -f -`,
        60,
      ],
      'another name': [count('recount', '2021 2022'), 60],
      'it never ends': [
        "kk create job older --image=busybox:1.28 -- sh -c 'echo 2021 2022; sleep 86400'",
        90,
      ],
      'those years, and all the others once more': [
        "sed 's/2023/2021 2022 2023/; s/name: recount$/name: older/' job.yaml | kk apply -f -",
        90,
      ],
      'the years of before': ["sed 's/name: recount$/name: older/' job.yaml | kk apply -f -", 60],
    },
  },
  'one-more-year': {
    right: {
      'the file, and replace --force': [more, 'kk replace --force -f job.yaml', 60],
      'delete, apply': [more, 'kk delete job recount', 'kk apply -f job.yaml', 60],
      'delete, create job': ['kk delete job recount', count('recount', '2023 2024 2025 2026'), 60],
    },
    wrong: {
      'apply cannot change the template': [more, 'kk apply -f job.yaml', 90],
      'set env neither': ["kk set env job/recount YEARS='2023 2024 2025 2026'", 90],
      'under another name': [more, "sed 's/name: recount$/name: again/' job.yaml | kk apply -f -", 90],
      'only the new year': ['kk delete job recount', count('recount', '2026'), 60],
    },
  },
  looping: {
    right: {
      'deleted, and the Job of the lesson': ['kk delete deployment recount', 'kk apply -f job.yaml', 60],
      'the Job first': ['kk apply -f job.yaml', 60, 'kk delete -f deployment-recount-broken.yaml', 40],
      'create job': ['kk delete deployment recount', count('recount', '2023 2024 2025'), 60],
    },
    wrong: {
      'beside it': ['kk apply -f job.yaml', 90],
      'scaled to nothing': ['kk scale deployment recount --replicas=0', 'kk apply -f job.yaml', 90],
      'the policy changed in the Deployment': [
        `kk patch deployment recount -p '{"spec":{"template":{"spec":{"restartPolicy":"Never"}}}}'`,
        90,
      ],
      'its pods left behind': ['kk delete deployment recount --cascade=orphan', 'kk apply -f job.yaml', 90],
    },
  },
}
