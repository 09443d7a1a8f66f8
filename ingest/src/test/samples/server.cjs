const http = require('http');
const body = 'x'.repeat(1000);
let n = 0;
http.createServer((request, response) => {
  n++;
  if (request.url === '/some-fail' && n % 10 === 0) { response.statusCode = 503; response.end('busy'); return; }
  response.end(body);
}).listen(8099, '127.0.0.1');
setTimeout(() => process.exit(0), 120000);
