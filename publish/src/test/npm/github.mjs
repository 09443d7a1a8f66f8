// GitHub as far as a pull request needs it: one repository, its pull requests, their comments and checks. What a token
// may do is what the workflow's permissions say.
import { createServer } from "node:http";

export async function playGitHub() {
  const state = { pulls: new Map(), comments: new Map(), checks: [], tokens: new Map(), refused: [] };
  let nextId = 1;

  function answer(method, url, body, token) {
    const grants = state.tokens.get(token);
    if (!grants) return [401, { message: "Bad credentials" }];
    const needs = (permission, level) => {
      const granted = grants[permission] ?? "none";
      if (granted === "write" || (level === "read" && granted === "read")) return true;
      state.refused.push(`${method} ${url.pathname}`);
      return false;
    };
    const forbidden = [403, { message: "Resource not accessible by integration" }];
    const path = url.pathname.replace(/^\/repos\/octo\/demo/, "");
    let match;
    if (method === "GET" && path === "/pulls") {
      const head = url.searchParams.get("head");
      return [200, [...state.pulls.values()].filter((pull) => `${pull.owner}:${pull.branch}` === head)];
    }
    if (method === "GET" && (match = /^\/pulls\/(\d+)$/.exec(path))) {
      const pull = state.pulls.get(Number(match[1]));
      return pull ? [200, pull] : [404, { message: "Not Found" }];
    }
    if ((match = /^\/issues\/(\d+)\/comments$/.exec(path))) {
      const number = Number(match[1]);
      if (method === "GET") {
        const all = [...state.comments.values()].filter((comment) => comment.pull === number);
        const page = Number(url.searchParams.get("page") ?? 1);
        const size = Number(url.searchParams.get("per_page") ?? 30);
        return [200, all.slice((page - 1) * size, page * size)];
      }
      if (!needs("pull-requests", "write")) return forbidden;
      const id = nextId++;
      const comment = { id, pull: number, body: body.body, user: { login: "github-actions[bot]", type: "Bot" } };
      state.comments.set(id, comment);
      return [201, comment];
    }
    if (method === "PATCH" && (match = /^\/issues\/comments\/(\d+)$/.exec(path))) {
      if (!needs("pull-requests", "write")) return forbidden;
      const comment = state.comments.get(Number(match[1]));
      comment.body = body.body;
      return [200, comment];
    }
    if (method === "POST" && path === "/check-runs") {
      if (!needs("checks", "write")) return forbidden;
      state.checks.push(body);
      return [201, { id: nextId++ }];
    }
    if (method === "POST" && path.startsWith("/statuses/")) {
      return needs("statuses", "write") ? [201, {}] : forbidden;
    }
    return [404, { message: "Not Found" }];
  }

  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url, "http://127.0.0.1");
      const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
      const text = Buffer.concat(chunks).toString("utf8");
      const [status, body] = answer(request.method, url, text ? JSON.parse(text) : {}, token);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { state, address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
