// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const run = (script: string, more = '') => `kk run guest --image=busybox:1.28 ${more} -- sh -c '${script}'`
const polite = 'trap "exit 0" TERM; while true; do sleep 1; done'
const web = (edit: string) => `sed 's/polite/web/; ${edit}' pod-prestop.yaml | kk apply -f -`
const fixed = "sed -i 's/nginx -g/exec nginx -g/' pod-web-broken.yaml"

export default {
  goodbye: {
    right: {
      'a trap that ends the shell': [run(polite), 5, 'kk delete pod guest', 2],
      'with last words, like tidy': [
        run('trap "echo bye; sleep 1; exit 0" TERM; while true; do sleep 1; done'),
        5,
        'kk delete pod guest --wait=false',
        10,
      ],
      'a shell that waits for its child, so that the trap runs at once': [
        `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: guest}\\nspec: {containers: [{name: c, image: "busybox:1.28", command: [sh, -c, "trap \\\\"exit 0\\\\" TERM; sleep 3600 & wait"]}]}\\n' | kk apply -f -`,
        5,
        'kk delete pod guest',
        2,
      ],
    },
    wrong: {
      'it sleeps and is killed': [
        'kk run guest --image=busybox:1.28 -- sleep 3600',
        5,
        'kk delete pod guest',
        2,
      ],
      'cut short: killed after three seconds': [
        'kk run guest --image=busybox:1.28 -- sleep 3600',
        5,
        'kk delete pod guest --grace-period=3',
        2,
      ],
      'forced: nobody waited': [run(polite), 5, 'kk delete pod guest --grace-period=0 --force', 10],
      'it had ended long before, again and again': [
        'kk run guest --image=busybox:1.28 -- true',
        10,
        'kk delete pod guest',
        2,
      ],
      'another image, which knows how': ['kk run guest --image=nginx:1.10.1', 10, 'kk delete pod guest', 2],
      'it tidies up for too long': [
        run('trap "sleep 12; exit 0" TERM; while true; do sleep 1; done'),
        5,
        'kk delete pod guest',
        2,
      ],
      'not deleted': [run(polite), 20],
    },
  },
  'last-guests': {
    right: {
      'the manifest of the lesson under another name': [web(''), 5, 'kk delete pod web', 2],
      'ten seconds, given more time in all': [
        web('s/seconds: 8/seconds: 10/; s/: 20$/: 60/'),
        5,
        'kk delete pod web',
        2,
      ],
      'kubectl run with overrides': [
        `kk run web --image=leigg/hellok8s:v1 --overrides='{"spec":{"containers":[{"name":"web","image":"docker.io/leigg/hellok8s:v1","lifecycle":{"preStop":{"sleep":{"seconds":6}}}}]}}'`,
        5,
        'kk delete pod web',
        2,
      ],
    },
    wrong: {
      'no hook': ['kk run web --image=leigg/hellok8s:v1', 5, 'kk delete pod web', 2],
      'a hook whose program is not in the image': [
        "sed '/^---/,$d; s/hasty/web/' pod-prestop-exec.yaml | kk apply -f -",
        5,
        'kk delete pod web',
        2,
      ],
      'only more time, which nobody uses': [
        `kk run web --image=leigg/hellok8s:v1 --overrides='{"spec":{"terminationGracePeriodSeconds":60}}'`,
        5,
        'kk delete pod web',
        2,
      ],
      'too long': [web('s/seconds: 8/seconds: 18/'), 5, 'kk delete pod web', 2],
      'somebody else in the pod stays, not the program': [
        `kk run web --image=leigg/hellok8s:v1 --overrides='{"spec":{"containers":[{"name":"web","image":"leigg/hellok8s:v1"},{"name":"idle","image":"busybox:1.28","command":["sleep","3600"]}]}}'`,
        10,
        'kk delete pod web --grace-period=8',
        5,
      ],
      'another image, which sleeps': [
        'kk run web --image=busybox:1.28 -- sleep 3600',
        5,
        'kk delete pod web --grace-period=8',
        2,
      ],
    },
  },
  'thirty-seconds': {
    right: {
      'exec in the file, replace --force': [
        fixed,
        'kk replace --force -f pod-web-broken.yaml',
        5,
        'kk delete pod web',
        'kk apply -f pod-web-broken.yaml',
        10,
      ],
      'delete, then apply the corrected text, twice': [
        'kk delete pod web',
        fixed,
        'kk apply -f pod-web-broken.yaml',
        10,
        'kk replace --force -f pod-web-broken.yaml',
        10,
      ],
      'a trap that passes the signal on': [
        'sed -i \'s/nginx -g .daemon off;./trap "nginx -s quit; exit 0" TERM; nginx -g "daemon off;" \\& wait/\' pod-web-broken.yaml',
        'kk replace --force -f pod-web-broken.yaml',
        10,
        'kk delete pod web',
        'kk apply -f pod-web-broken.yaml',
        10,
      ],
    },
    wrong: {
      'a shorter grace period: killed sooner': [
        "sed -i 's/^spec:/spec:\\n  terminationGracePeriodSeconds: 3/' pod-web-broken.yaml",
        'kk replace --force -f pod-web-broken.yaml',
        5,
        'kk delete pod web',
        'kk apply -f pod-web-broken.yaml',
        10,
      ],
      'the line is dropped with the shell': [
        'kk delete pod web',
        'kk run web --image=nginx:1.10.1',
        5,
        'kk delete pod web',
        'kk run web --image=nginx:1.10.1',
        10,
      ],
      'corrected, but never put to the test': [fixed, 'kk replace --force -f pod-web-broken.yaml', 30],
      'tested, and not running any more': [
        fixed,
        'kk replace --force -f pod-web-broken.yaml',
        5,
        'kk delete pod web',
        30,
      ],
    },
  },
}
