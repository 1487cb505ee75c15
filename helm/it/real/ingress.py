#!/usr/bin/env python3
"""nginx as an ALB with targets of type ip: straight to the pods that are ready, one that goes gets nothing new and keeps what it has.

    ingress.py <work folder> <port>      with KUBECONFIG, where the pods' addresses can be reached

Follows Ingress objects (paths of the styles regex and ALB) and EndpointSlices. No request is tried a second time elsewhere, as an
ALB does not: what a client is told is what happened.
"""
import base64
import json
import os
import re
import ssl
import subprocess
import sys
import time
import urllib.request

EVERY = 0.3
work, port = sys.argv[1:3]
os.makedirs(work, exist_ok=True)
config = json.loads(subprocess.check_output(['kubectl', 'config', 'view', '--minify', '--raw', '-o', 'json']))
cluster = config['clusters'][0]['cluster']
tls = ssl.create_default_context(cadata=base64.b64decode(cluster['certificate-authority-data']).decode())
user = config['users'][0]['user']
if 'client-certificate-data' in user:
    for name in ('certificate', 'key'):
        with open(os.open(f'{work}/{name}', os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), 'wb') as file:
            file.write(base64.b64decode(user[f'client-{name}-data']))
    tls.load_cert_chain(f'{work}/certificate', f'{work}/key')


def items(path):
    headers = {'Authorization': f"Bearer {user['token']}"} if 'token' in user else {}
    with urllib.request.urlopen(urllib.request.Request(cluster['server'] + path, headers=headers), context=tls, timeout=10) as answer:
        return json.load(answer)['items']


def ready(slices, namespace, service, port_name):
    return sorted(f"{address}:{p['port']}"
                  for each in slices
                  if each['metadata']['namespace'] == namespace and each['metadata']['labels'].get('kubernetes.io/service-name') == service
                  for endpoint in each.get('endpoints') or [] if endpoint['conditions'].get('ready')
                  for address in endpoint['addresses']
                  for p in each['ports'] if (p.get('name') or '') == port_name)


def expression(path):
    return path if '[^/]' in path or '.*' in path else re.escape(path).replace(r'\*', '.*')


def render():
    slices = items('/apis/discovery.k8s.io/v1/endpointslices')
    upstreams, locations = {}, []
    for ingress in items('/apis/networking.k8s.io/v1/ingresses'):
        namespace = ingress['metadata']['namespace']
        for rule in ingress['spec']['rules']:
            for path in rule['http']['paths']:
                service = path['backend']['service']
                name = f"{namespace}.{service['name']}"
                upstreams[name] = ready(slices, namespace, service['name'], service['port']['name'])
                locations.append((expression(path['path']), name))
    lines = [f'worker_processes 2; daemon off; pid {work}/pid; error_log {work}/error.log;', 'worker_rlimit_nofile 16384; events { worker_connections 8192; }', 'http {',
             "log_format it '$time_iso8601 $request_method $uri $status $upstream_addr $request_time';", f'access_log {work}/access.log it;',
             'map $http_upgrade $connection_upgrade { default upgrade; "" ""; }']
    lines += [f'{kind}_temp_path {work}/{kind};' for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi')]
    for name, addresses in upstreams.items():
        members = ' '.join(f'server {address} max_fails=0;' for address in addresses) or 'server 127.0.0.1:1 down;'
        lines.append(f'upstream {name} {{ zone {name} 64k; least_conn; {members} keepalive 16; }}')
    # One request a connection: nginx ends idle ones when it is told of new targets, just when a client may be sending.
    lines += [f'server {{ listen {port}; keepalive_timeout 0; proxy_http_version 1.1; proxy_next_upstream off; proxy_read_timeout 60s;',
              'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; proxy_set_header Host $http_host;',
              'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;']
    lines += [f'location ~ "^{path}$" {{ proxy_pass http://{name}; }}' for path, name in locations]  # the first that matches, as written
    lines += ['location / { return 404; } } }', '']
    return '\n'.join(lines), upstreams


nginx = ['nginx', '-c', f'{work}/nginx.conf', '-e', f'{work}/error.log']
current, running = None, None
while True:
    try:
        text, upstreams = render()
    except (OSError, KeyError) as e:  # the API server may be away for a moment
        print(time.strftime('%T'), 'as before:', e, flush=True)
        time.sleep(1)
        continue
    if text != current:
        current = text
        with open(f'{work}/nginx.conf', 'w') as file:
            file.write(text)
        if running:
            subprocess.run(nginx + ['-s', 'reload'], check=True)
        else:
            running = subprocess.Popen(nginx)
        print(time.strftime('%T'), json.dumps(upstreams), flush=True)
    time.sleep(EVERY)
