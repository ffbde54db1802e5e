// With the package jose.

import { jwtVerify } from "jose";
import { ALGORITHM, serve } from "./handler.js";

serve(async (jwk, issuer) => {
  // jose's own importJWK leaves `alg` out, which the platform's WebCrypto does not take.
  const key = await crypto.subtle.importKey("jwk", jwk, ALGORITHM, false, ["verify"]);
  return (token) => jwtVerify(token, key, { issuer, algorithms: ["RS256"] });
});
