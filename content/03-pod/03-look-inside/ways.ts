// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const place = '/usr/share/nginx/html/notice.html'

export default {
  notice: {
    right: {
      'cp into web': ['echo open > notice.html', `kk cp notice.html window:${place} -c web`, 6],
      'written by a shell inside': [`kk exec window -c web -- sh -c 'echo open > ${place}'`, 6],
      'an empty file': [`kk exec window -c web -- touch ${place}`, 6],
      'through a pipe': [`echo open | kk exec -i window -c web -- tee ${place}`, 6],
    },
    wrong: {
      'into the container that kubectl picks': [
        'echo open > notice.html',
        'kk cp notice.html window:/tmp/',
        6,
      ],
      'another name': [`kk exec window -c web -- touch /usr/share/nginx/html/notice.htm`, 6],
      'the process is killed afterwards': [
        `kk exec window -c web -- touch ${place}`,
        'kk exec window -c web -- sh -c "kill 1"',
        10,
      ],
      'a pod without the probe in its place': [
        'kk delete pod window --grace-period=1',
        'kk run window --image=nginx',
        10,
      ],
    },
  },
  'sick-till': {
    right: {
      'all logs at once': ['kk logs -l app=till --prefix --tail=1', 'kk label pod till-3 sick=yes'],
      'labelled by patch': [`kk patch pod till-3 -p '{"metadata":{"labels":{"sick":"yes"}}}'`],
      'first the wrong one, then taken back': [
        'kk label pod till-1 sick=yes',
        'kk label pod till-1 sick-',
        'kk label pod till-3 sick=yes',
      ],
    },
    wrong: {
      'all of them': ['kk label pod -l app=till sick=yes'],
      'a lucky guess that was none': ['kk label pod till-2 sick=yes'],
      'an annotation': ['kk annotate pod till-3 sick=yes'],
      'the others are deleted': [
        'kk delete pod till-1 till-2 till-4 --grace-period=1',
        'kk label pod till-3 sick=yes',
      ],
      'another value': ['kk label pod till-3 sick=true'],
    },
  },
  'wrong-door': {
    right: {
      'the file, replaced by force': [
        "sed -i 's/8080/3000/' greet.yaml",
        'kk replace --force -f greet.yaml',
        30,
      ],
      'deleted, then applied from a pipe': [
        'kk delete pod greet',
        "sed 's/localhost:8080/localhost:3000/' greet.yaml | kk apply -f -",
        30,
      ],
      'asked with another tool': [
        "sed -i 's/localhost:8080/localhost:3000/; /name: check/,$ s/busybox:1.28/curlimages\\/curl:8.5.0/; s/wget -qO- .ask/curl -sf $ask/' greet.yaml",
        'kk replace --force -f greet.yaml',
        40,
      ],
      'by another name of the same address': [
        "sed -i 's/localhost:8080/127.0.0.1:3000/' greet.yaml",
        'kk replace --force -f greet.yaml',
        30,
      ],
    },
    wrong: {
      'apply over the living pod is refused': [
        "sed -i 's/8080/3000/' greet.yaml",
        'kk apply -f greet.yaml',
        30,
      ],
      'the file that says “answered” is made by hand': [
        'kk exec greet -c check -- touch /tmp/answered',
        8,
        'kk exec greet -c check -- touch /tmp/answered',
        20,
      ],
      'the probe is taken out': [
        "sed -i '/readinessProbe/,$d' greet.yaml",
        'kk replace --force -f greet.yaml',
        30,
      ],
      'it says “answered” whatever comes': [
        "sed -i 's/rm -f .tmp.answered/touch \\/tmp\\/answered/' greet.yaml",
        'kk replace --force -f greet.yaml',
        40,
      ],
      'another wrong port': ["sed -i 's/8080/80/' greet.yaml", 'kk replace --force -f greet.yaml', 30],
    },
  },
}
