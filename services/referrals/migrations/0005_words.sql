-- What a school writes is for those on the case. Managers see a request, its figures and where it stands, not people's words.
drop policy request_section_scope on request_section;
create policy request_section_scope on request_section
  using ((select app.writes_cases())
         and exists (select 1 from request r where r.request_id = request_section.request_id))
  with check ((select app.writes_cases())
              and exists (select 1 from request r where r.request_id = request_section.request_id));

drop policy submission_scope on submission;
create policy submission_scope on submission
  using ((select app.writes_cases())
         and exists (select 1 from request r where r.request_id = submission.request_id))
  with check ((select app.writes_cases())
              and exists (select 1 from request r where r.request_id = submission.request_id));
