// The request loop that both programs share: 200 for a good token, 401 for any other, no backend.

import { ConfigStore } from "fastly:config-store";
import { setReusableSandboxOptions } from "fastly:experimental";

// RS256, as WebCrypto names it.
export const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

// As the edge's.
setReusableSandboxOptions({ maxRequests: 16 });

// Read once for each sandbox; stores open only while a request is there.
let verifier;

// `prepare(jwk, issuer)` yields a function that verifies a token, and throws if it is not good.
export function serve(prepare) {
  addEventListener("fetch", (event) => event.respondWith(answer(event.request, prepare)));
}

async function answer(request, prepare) {
  try {
    if (!verifier) {
      const store = new ConfigStore("bench");
      verifier = prepare(JSON.parse(store.get("jwk")), store.get("issuer"));
    }
    const verify = await verifier;
    const field = request.headers.get("authorization") ?? "";
    await verify(field.replace(/^Bearer /, ""));
    return new Response("ok", { status: 200 });
  } catch {
    return new Response("no", { status: 401 });
  }
}
