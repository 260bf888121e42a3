"""Finding somebody of the company: by name or address, a page at a time, for admins."""

import re

from django.db import connection

from tests.makers import make_rep


def names(response):
    return re.findall(r'<div class="who">\s*<a href="/reps/\d+/">(.*?)</a>', response.content.decode())


def test_an_admin_finds_people_of_every_team_by_name_or_address(world, browse):
    alan = browse(world.alan)

    assert names(alan.get("/organization/people/")) == [
        "Ada", "Alan", "Ben", "Grace", "Jane", "Otto", "Sam", "Sue", "Vera"
    ]  # fmt: skip
    assert names(alan.get("/organization/people/?q=s")) == ["Sam", "Sue"]
    assert names(alan.get("/organization/people/?q=gina")) == []


def test_the_only_one_who_is_found_opens_at_once_but_not_while_one_types(world, browse):
    alan, path = browse(world.alan), "/organization/people/?q=sam@"

    opened, typing = alan.get(path), alan.get(path, headers={"HX-Request": "true"})

    assert (opened.status_code, opened.url) == (302, f"/reps/{world.sam.pk}/")
    assert names(typing) == ["Sam"]
    assert "South" in typing.content.decode()


def test_a_large_company_comes_in_pages_in_one_query_each(world, browse, django_assert_max_num_queries):
    for number in range(60):
        make_rep(world.south, f"Rep {number:03}", login=False)
    alan = browse(world.alan)
    alan.get("/organization/people/")

    with django_assert_max_num_queries(4):
        first = alan.get("/organization/people/?q=rep")
    second = alan.get("/organization/people/?q=rep&page=2")

    assert (len(names(first)), len(names(second))) == (50, 10)
    assert '<a href="?q=rep&amp;page=2" rel="next">Next page</a>' in first.content.decode()
    assert [names(alan.get(f"/organization/people/?q=rep&page={page}")) for page in ("9" * 30, "0", "x")][1:] == [
        names(first)
    ] * 2


def test_people_come_in_the_order_of_an_index_and_nobody_sorts_them_all(world, browse, django_assert_max_num_queries):
    alan = browse(world.alan)
    with django_assert_max_num_queries(4) as asked:
        alan.get("/organization/people/")
    [listed] = [each["sql"] for each in asked.captured_queries if "teams_alphabetical" in each["sql"]]

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {listed}")
        plan = "\n".join(line for [line] in cursor)

    assert "Index Scan using member_by_name" in plan
