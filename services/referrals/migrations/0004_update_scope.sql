-- With the scope itself: an update that reads no column is not held to the policy for reading.
drop policy request_update on request;
create policy request_update on request for update
  using ((select app.everything())
         or ((select app.writes_cases()) and urn = any ((select app.schools())::integer[]))
         or ((select app.works_cases()) and la_code = any ((select app.authorities())::integer[])
             and (submitted_at is not null or created_by = (select app.person()))));
