// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const run = (name: string, ports: string, image = 'learner/hellok8s:v1') =>
  `docker run -d --name ${name} ${ports} ${image}`

export default {
  'open-the-door': {
    right: {
      published: [run('hello', '-p 8080:3000'), 2],
      'named afterwards': [
        'docker run -d --name first -p 8080:3000 learner/hellok8s:v1',
        'docker rename first hello',
        2,
      ],
      'made first, started then': [
        'docker create --name hello --publish 8080:3000 learner/hellok8s:v1',
        'docker start hello',
        2,
      ],
    },
    wrong: {
      'without a port': [run('hello', ''), 5],
      'the wrong way round': [run('hello', '-p 3000:8080'), 5],
      'any port that is free': [run('hello', '-P'), 5],
      'another image': [run('hello', '-p 8080:3000', 'leigg/hellok8s:v1'), 5],
    },
  },
  'two-of-one': {
    right: {
      'away with the old one, two new ones': [
        'docker rm -f hello',
        run('one', '-p 8081:3000'),
        run('two', '-p 8082:3000'),
        2,
      ],
      'the old one goes last': [
        run('one', '-p 8081:3000'),
        run('two', '-p 8082:3000'),
        'docker stop hello',
        'docker rm hello',
        2,
      ],
      'one container with two ports, and another': [
        'docker rm -f hello',
        run('one', '-p 8081:3000 -p 8082:3000'),
        run('two', ''),
        2,
      ],
    },
    wrong: {
      'the old one left': [run('one', '-p 8081:3000'), run('two', '-p 8082:3000'), 5],
      'only one': ['docker rm -f hello', run('one', '-p 8081:3000'), 5],
      'the old one stopped, not removed': [
        'docker stop hello',
        run('one', '-p 8081:3000'),
        run('two', '-p 8082:3000'),
        5,
      ],
    },
  },
  'who-holds-it': {
    right: {
      'stop one, make the other anew': [
        'docker stop morning',
        'docker rm web',
        run('web', '-p 8080:3000'),
        2,
      ],
      'kill instead of stop': ['docker kill morning', 'docker rm -f web', run('web', '-p 8080:3000'), 2],
      'remove first': ['docker rm web', 'docker stop -t 1 morning', run('web', '-p 8080:3000'), 2],
    },
    wrong: {
      'start it: the port is right outside and wrong inside': ['docker stop morning', 'docker start web', 5],
      'the other one thrown away': ['docker rm -f morning web', run('web', '-p 8080:3000'), 5],
      'another port': ['docker rm web', run('web', '-p 8081:3000'), 5],
      'another name': ['docker stop morning', run('web2', '-p 8080:3000'), 5],
    },
  },
}
