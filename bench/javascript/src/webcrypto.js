// With WebCrypto alone: the least that a program can do.

import { ALGORITHM, serve } from "./handler.js";

const LEEWAY = 60;

serve(async (jwk, issuer) => {
  const key = await crypto.subtle.importKey("jwk", jwk, ALGORITHM, false, ["verify"]);
  return async (token) => {
    const [header, payload, signature, ...more] = token.split(".");
    const input = new TextEncoder().encode(`${header}.${payload}`);
    const isGood =
      more.length === 0 &&
      JSON.parse(text(header)).alg === "RS256" &&
      (await crypto.subtle.verify(ALGORITHM, key, bytes(signature), input));
    const claims = isGood ? JSON.parse(text(payload)) : {};
    const now = Date.now() / 1000;
    if (claims.iss !== issuer || !(now < claims.exp + LEEWAY)) {
      throw new Error("not good");
    }
  };
});

function bytes(segment) {
  const binary = atob(segment.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(segment) {
  return new TextDecoder().decode(bytes(segment));
}
